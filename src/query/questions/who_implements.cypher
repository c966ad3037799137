// title: Who carries out a programme?
// parameter programme: words of its name
// sentence: {programme} is carried out by {body}[ ({modality})].

// answer
MATCH (programme)-[relation:IMPLEMENTED_BY]->(body)
WHERE name_matches(programme, $programme)
RETURN caption(programme) AS programme, caption(body) AS body, labels(body) AS labels, modality(relation) AS modality,
       valid_from(relation) AS valid_from, valid_to(relation) AS valid_to
ORDER BY programme, body

// candidates
MATCH (body)-[:PARTNER_IN]->(programme)
WHERE name_matches(programme, $programme)
RETURN caption(programme) AS programme, caption(body) AS body, 'it is a partner in it, and no document says that it carries it out' AS why
UNION
MATCH (programme)-[:ACCOUNTABLE_TO]->(body)
WHERE name_matches(programme, $programme)
RETURN caption(programme) AS programme, caption(body) AS body, 'the programme is accountable to it, which is another role' AS why
UNION
MATCH (body)-[:PROVIDES]->(:Funding)-[:FUNDS]->(programme)
WHERE name_matches(programme, $programme)
RETURN caption(programme) AS programme, caption(body) AS body, 'it gives money for it, and no document says that it carries it out' AS why
