// How many nodes of each kind the installation holds, over all tenants.
// access: read
// params: none
// returns: label, nodes
// Counts of a single label come from the count store, whatever the size.
CYPHER 25
UNWIND [
  {label: 'Tenant', nodes: COUNT { (:Tenant) }},
  {label: 'ApiKey', nodes: COUNT { (:ApiKey) }},
  {label: 'Scope', nodes: COUNT { (:Scope) }},
  {label: 'Memory', nodes: COUNT { (:Memory) }}
] AS row
RETURN row.label AS label, row.nodes AS nodes
ORDER BY label
