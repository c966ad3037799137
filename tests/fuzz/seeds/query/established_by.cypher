MATCH (act)-[relation:ESTABLISHES]->(thing)
WHERE name_matches(thing, $name)
RETURN caption(thing) AS thing, caption(act) AS act, act.date AS date, modality(relation) AS modality
ORDER BY thing, date, act

