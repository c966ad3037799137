// point_by_key
MATCH (a) WHERE id(a) = $p1 RETURN a.number
// name_exact
MATCH (p:Programme {name: $p1}) RETURN id(p)
// name_prefix
CALL names.prefix($p1, 20, 'Programme') YIELD node RETURN id(node)
// full_text
CALL text.nodes($p1 + ' ' + $p2, 1000000, 'Act') YIELD node RETURN id(node)
// one_hop
MATCH (a)-[:CITES]->(b:Act) WHERE id(a) = $p1 AND b.date >= $p2 RETURN id(b)
// money_path
MATCH (a)-[:AUTHORISES]->(f:Funding)-[:FUNDS]->(p:Programme)<-[:PARTNER_IN]-(o:Partner) WHERE id(a) = $p1
RETURN f.amount, p.name, o.name
// money_by_year
MATCH (o:Partner)-[:PROVIDES]->(f:Funding) WHERE f.currency = $p1
RETURN o.name AS name, f.year AS year, sum(f.amount) AS total ORDER BY total DESC, name, year LIMIT 10
// closure
MATCH (a) WHERE id(a) = $p1 MATCH shortestPath((a)-[:AMENDS*]->(b:Act)) RETURN id(b)
// in_force
MATCH (a:Act) WHERE a.in_force_from <= $p1 AND (a.in_force_to IS NULL OR a.in_force_to > $p1)
RETURN a.jurisdiction, count(*)
// shortest_path
MATCH (a), (b) WHERE id(a) = $p1 AND id(b) = $p2 MATCH p = shortestPath((a)-[:CITES*]-(b)) RETURN length(p)
// most_cited
MATCH (a:Act)<-[:CITES]-() RETURN id(a) AS act, count(*) AS times ORDER BY times DESC, act LIMIT 10
// optional_sum
MATCH (p:Programme) OPTIONAL MATCH (f:Funding)-[:FUNDS]->(p) WHERE f.currency = 'EUR'
WITH p, count(f) AS sums, sum(f.amount) AS total RETURN sums, count(*), sum(total) + decimal('0')
// not_exists
MATCH (a:Act) WHERE a.kind = 'decree' AND NOT EXISTS { (a)-[:AUTHORISES]->() } RETURN count(*)
// triangles
MATCH (a:Act)-[:CITES]->(b:Act)-[:CITES]->(c:Act), (a)-[:CITES]->(c) RETURN count(*)
// three_way
MATCH (d:Document)-[m:MENTIONS]->(a:Act)-[:ISSUED_BY]->(g:Agency) WHERE m.confidence > 0.5
RETURN g.name AS name, count(*) AS times ORDER BY times DESC, name LIMIT 10
// co_mention
MATCH (d:Document)-[:MENTIONS]->() WITH d, count(*) AS times RETURN sum(times * (times - 1))
// provenance
MATCH (a)-[r:AUTHORISES]->(f) WHERE id(a) = $p1 AND id(f) = $p2 RETURN r
// write_mix
MATCH (a) WHERE id(a) = $p1
CREATE (d:Document {title: $p2, language: 'en'})-[:MENTIONS {confidence: 0.5}]->(a) SET a.kind = 'other'
// all_mentions
MATCH (d:Document)-[m:MENTIONS]->(a:Act) RETURN id(d), id(a), m.confidence
