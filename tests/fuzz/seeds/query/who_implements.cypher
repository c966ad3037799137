MATCH (programme)-[relation:IMPLEMENTED_BY]->(body)
WHERE name_matches(programme, $programme)
RETURN caption(programme) AS programme, caption(body) AS body, labels(body) AS labels, modality(relation) AS modality,
       valid_from(relation) AS valid_from, valid_to(relation) AS valid_to
ORDER BY programme, body

