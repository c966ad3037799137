// title: Who are the partners in a programme?
// parameter programme: words of its name
// sentence: {body} is a partner in {programme}: it {role}.

// answer
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

// candidates
MATCH (programme)-[:IMPLEMENTED_BY]->(body)
WHERE name_matches(programme, $programme)
RETURN caption(programme) AS programme, caption(body) AS body, 'it carries it out, and is a body of the state itself' AS why
UNION
MATCH (programme)<-[:HELD_UNDER]-(event:Event)<-[:TOOK_PART_IN|PARTNER_IN]-(body)
WHERE name_matches(programme, $programme)
RETURN caption(programme) AS programme, caption(body) AS body, 'it took part in an event held under it, and no document calls it a partner' AS why
