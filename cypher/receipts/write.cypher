// Writes the answer to a request on the receipt of its key, in the transaction of what the request did.
// access: write
// params: owner_id, key, fingerprint, status, body, created_at
// returns: none
CYPHER 25
MATCH (receipt:Receipt {owner_id: $owner_id, key: $key})
USING INDEX receipt:Receipt(owner_id, key)
SET
  receipt.fingerprint = $fingerprint,
  receipt.status = $status,
  receipt.body = $body,
  receipt.created_at = $created_at
