-- point_by_key
SELECT number FROM acts WHERE id = ?1
-- name_exact
SELECT id FROM programmes WHERE name = ?1
-- name_prefix
SELECT id FROM programmes WHERE name >= ?1 AND name < ?1 || char(1114111) LIMIT 20
-- full_text
SELECT rowid FROM titles WHERE titles MATCH ?1 || ' ' || ?2
-- one_hop
SELECT c.target FROM cites c JOIN acts b ON b.id = c.target WHERE c.source = ?1 AND b.date >= ?2
-- money_path
SELECT printf('%d.%02d', f.amount / 100, f.amount % 100), p.name, o.name
FROM authorises a JOIN fundings f ON f.id = a.target JOIN funds s ON s.source = f.id JOIN programmes p ON p.id = s.target
JOIN partner_in i ON i.target = p.id JOIN partners o ON o.id = i.source WHERE a.source = ?1
-- money_by_year
SELECT name, year, printf('%d.%02d', total / 100, total % 100) FROM (
SELECT o.name AS name, f.year AS year, sum(f.amount) AS total FROM fundings f JOIN provides v ON v.target = f.id
JOIN partners o ON o.id = v.source WHERE f.currency = ?1 GROUP BY o.id, f.year ORDER BY total DESC, name, year LIMIT 10)
-- closure
WITH RECURSIVE reached(id) AS (SELECT target FROM amends WHERE source = ?1
UNION SELECT m.target FROM reached r JOIN amends m ON m.source = r.id) SELECT id FROM reached
-- in_force
SELECT jurisdiction, count(*) FROM acts
WHERE in_force_from <= ?1 AND (in_force_to IS NULL OR in_force_to > ?1) GROUP BY jurisdiction
-- most_cited
SELECT target, count(*) AS times FROM cites GROUP BY target ORDER BY times DESC, target LIMIT 10
-- optional_sum
SELECT sums, count(*), printf('%d.%02d', sum(total) / 100, sum(total) % 100) FROM (
SELECT p.id, count(f.id) AS sums, coalesce(sum(f.amount), 0) AS total FROM programmes p
LEFT JOIN (funds s JOIN fundings f ON f.id = s.source AND f.currency = 'EUR') ON s.target = p.id GROUP BY p.id) GROUP BY sums
-- not_exists
SELECT count(*) FROM acts a WHERE kind = 'decree' AND NOT EXISTS (SELECT 1 FROM authorises u WHERE u.source = a.id)
-- triangles
SELECT count(*) FROM cites x JOIN cites y ON y.source = x.target JOIN cites z ON z.source = x.source AND z.target = y.target
-- three_way
SELECT g.name, sum(times) AS times FROM (SELECT act, count(*) AS times FROM mentions WHERE confidence > 0.5 GROUP BY act) m
JOIN issued_by i ON i.source = m.act JOIN agencies g ON g.id = i.target GROUP BY g.id ORDER BY 2 DESC, g.name LIMIT 10
-- co_mention
SELECT sum(times * (times - 1)) FROM (SELECT count(*) AS times FROM mentions GROUP BY document)
-- provenance
SELECT d.title, u.begins, u.ends, substr(d.text, u.begins + 1, u.ends - u.begins)
FROM authorises u JOIN documents d ON d.id = u.document WHERE u.source = ?1 AND u.target = ?2
-- all_mentions
SELECT document, act, confidence FROM mentions
