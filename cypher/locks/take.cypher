// Takes the write locks of these keys, in the order given, and holds them until the transaction ends.
// access: write
// params: keys
// returns: none
// MERGE alone does not lock a node that exists; the write to it does. These nodes have no relationships on
// purpose: a scope's own node also receives one from every new memory, and locking that one deadlocks.
CYPHER 25
UNWIND $keys AS key
MERGE (lock:WriteLock {key: key})
SET lock.writes = coalesce(lock.writes, 0) + 1
