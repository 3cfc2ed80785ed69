// Takes the receipt of a key for this transaction, and tells what is on it.
// access: write
// params: owner_id, key, kept_from
// returns: fingerprint, status, body
// The write locks it: a second request with the key waits here until the first has ended, then finds its
// answer. A transaction that fails leaves nothing. No row for a new receipt, or one too old to count.
CYPHER 25
MERGE (receipt:Receipt {owner_id: $owner_id, key: $key})
SET receipt.claims = coalesce(receipt.claims, 0) + 1
WITH receipt
WHERE receipt.created_at >= $kept_from
RETURN receipt.fingerprint AS fingerprint, receipt.status AS status, receipt.body AS body
