// point_by_key
MATCH (a:Act {id: $p1}) RETURN a.number
// name_exact
MATCH (p:Programme) WHERE p.name = $p1 RETURN p.id
// name_prefix
MATCH (p:Programme) WHERE p.name STARTS WITH $p1 RETURN p.id LIMIT 20
// full_text
MATCH (a:Act) WHERE contains(a.title, $p1) AND contains(a.title, $p2) RETURN a.id
// full_text_indexed
CALL QUERY_FTS_INDEX('Act', 'titles', $p1, conjunctive := true) RETURN node.id
// one_hop
MATCH (a:Act {id: $p1})-[:CITES]->(b:Act) WHERE b.date >= $p2 RETURN b.id
// money_path
MATCH (a:Act {id: $p1})-[:AUTHORISES]->(f:Funding)-[:FUNDS]->(p:Programme)<-[:PARTNER_IN]-(o:Partner)
RETURN f.amount, p.name, o.name
// money_by_year
MATCH (o:Partner)-[:PROVIDES]->(f:Funding) WHERE f.currency = $p1
RETURN o.name AS name, f.year AS year, sum(f.amount) AS total ORDER BY total DESC, name, year LIMIT 10
// closure
MATCH (a:Act {id: $p1})-[:AMENDS* SHORTEST 1..60]->(b:Act) RETURN b.id
// in_force
MATCH (a:Act) WHERE a.in_force_from <= $p1 AND (a.in_force_to IS NULL OR a.in_force_to > $p1)
RETURN a.jurisdiction, count(*)
// shortest_path
MATCH p = (a:Act {id: $p1})-[:CITES* SHORTEST 1..30]-(b:Act {id: $p2}) RETURN length(p)
// most_cited
MATCH (a:Act)<-[:CITES]-(:Act) RETURN a.id AS act, count(*) AS times ORDER BY times DESC, act LIMIT 10
// optional_sum
MATCH (p:Programme) OPTIONAL MATCH (f:Funding)-[:FUNDS]->(p) WHERE f.currency = 'EUR'
WITH p, count(f.id) AS sums, sum(f.amount) AS total RETURN sums, count(*), sum(total)
// not_exists
MATCH (a:Act) WHERE a.kind = 'decree' AND NOT EXISTS { MATCH (a)-[:AUTHORISES]->(:Funding) } RETURN count(*)
// triangles
MATCH (a:Act)-[:CITES]->(b:Act)-[:CITES]->(c:Act), (a)-[:CITES]->(c) RETURN count(*)
// three_way
MATCH (d:Document)-[m:MENTIONS]->(a:Act)-[:ISSUED_BY]->(g:Agency) WHERE m.confidence > 0.5
RETURN g.name AS name, count(*) AS times ORDER BY times DESC, name LIMIT 10
// co_mention
MATCH (d:Document)-[:MENTIONS]->(:Act) WITH d, count(*) AS times RETURN sum(times * (times - 1))
// provenance
MATCH (a:Act {id: $p1})-[r:AUTHORISES]->(f:Funding {id: $p2}), (d:Document) WHERE d.id = r.document
RETURN d.title, r.begins, r.`ends`, substring(d.text, r.begins + 1, r.`ends` - r.begins)
// all_mentions
MATCH (d:Document)-[m:MENTIONS]->(a:Act) RETURN d.id, a.id, m.confidence
