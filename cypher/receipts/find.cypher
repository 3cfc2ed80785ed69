// The answer that was given to a request with this key, unless it is too old.
// access: read
// params: owner_id, key, kept_from
// returns: fingerprint, status, body
CYPHER 25
MATCH (receipt:Receipt {owner_id: $owner_id, key: $key})
USING INDEX receipt:Receipt(owner_id, key)
WHERE receipt.created_at >= $kept_from
RETURN receipt.fingerprint AS fingerprint, receipt.status AS status, receipt.body AS body
