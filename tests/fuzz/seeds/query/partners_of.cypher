MATCH (body)-[:PARTNER_IN]->(programme)
WHERE name_matches(programme, $programme)
RETURN caption(programme) AS programme, caption(body) AS body, 'takes part' AS role
UNION
MATCH (body)-[:PROVIDES]->(:Funding)-[:FUNDS]->(programme)
WHERE name_matches(programme, $programme)
RETURN caption(programme) AS programme, caption(body) AS body, 'gives money' AS role
UNION
MATCH (programme)-[:IMPLEMENTED_BY]->(body:Partner)
WHERE name_matches(programme, $programme)
RETURN caption(programme) AS programme, caption(body) AS body, 'carries it out' AS role

