// What will have faded to a tenth within some days, the next to go first.
// access: read
// params: tenant, now, days
// returns: memory, decay, days_left
// :param tenant => 'Default'
// :param now => datetime()
// :param days => 7
// A memory halves in 10 days times its importance, which counts as 0.1 where it is less. It falls to a tenth
// after log2(10) such half-lives. Say it again, or raise its importance, and it stays. Where the service
// runs with LOCI_DECAY=e_fold, write e() in place of 2.0, twice.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH (memory:Memory)
WHERE memory.tenant_id = tenant.id AND memory.status = 'active'
WITH
  memory,
  10.0 * CASE WHEN memory.importance > 0.1 THEN memory.importance ELSE 0.1 END AS half_life_days,
  CASE WHEN memory.refreshed_at >= $now THEN 0.0
    ELSE ($now.epochMillis - memory.refreshed_at.epochMillis) / 86400000.0 END AS age_days
WITH
  memory,
  2.0 ^ (-age_days / half_life_days) AS decay,
  half_life_days * log(10) / log(2.0) - age_days AS days_left
WHERE 0 < days_left <= $days
RETURN memory, round(decay, 4) AS decay, round(days_left, 2) AS days_left
ORDER BY days_left, memory.id
LIMIT 50
