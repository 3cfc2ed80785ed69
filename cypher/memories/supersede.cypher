// Makes memories the history of others that took their place.
// access: write
// params: tenant_id, pairs
// returns: none
// What was written as history in the same transaction has its state already. A repeated transaction changes
// nothing. Whoever runs this holds the locks of their scopes.
CYPHER 25
UNWIND $pairs AS pair
MATCH (old:Memory {tenant_id: $tenant_id, id: pair.old_id})
USING INDEX old:Memory(tenant_id, id)
MATCH (new:Memory {tenant_id: $tenant_id, id: pair.new_id})
USING INDEX new:Memory(tenant_id, id)
MERGE (old)-[superseded:SUPERSEDED_BY]->(new)
ON CREATE SET
  superseded.reason = pair.reason,
  superseded.evidence = pair.evidence,
  superseded.at = pair.at,
  old.version = old.version + CASE old.status WHEN 'active' THEN 1 ELSE 0 END
SET
  old.status = 'superseded',
  old.valid_to = pair.valid_to,
  old.retired_at = pair.at
WITH old
MATCH (passage:Passage)-[:PART_OF]->(old)
SET passage.status = 'superseded'
