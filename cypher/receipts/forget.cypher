// Removes some of the receipts that are too old to count.
// access: write
// params: owner_id, kept_from
// returns: none
// Each new receipt takes a few old ones away, so they do not pile up and no request waits for a big sweep.
CYPHER 25
MATCH (receipt:Receipt)
USING INDEX receipt:Receipt(owner_id, created_at)
WHERE receipt.owner_id = $owner_id AND receipt.created_at < $kept_from
WITH receipt ORDER BY receipt.created_at, receipt.key LIMIT 10
DELETE receipt
