// title: Which act established a body or a programme?
// parameter name: words of its name
// sentence: {thing} was established by {act}[ of {date}][ ({modality})].

// answer
MATCH (act)-[relation:ESTABLISHES]->(thing)
WHERE name_matches(thing, $name)
RETURN caption(thing) AS thing, caption(act) AS act, act.date AS date, modality(relation) AS modality
ORDER BY thing, date, act

// candidates
MATCH (act)-[relation:APPROVES]->(thing)
WHERE name_matches(thing, $name)
RETURN caption(thing) AS thing, caption(act) AS act, 'the act approves it, and no document says that it establishes it' AS why
UNION
MATCH (thing:Organization)
WHERE name_matches(thing, $name) AND thing.founded IS NOT NULL
RETURN caption(thing) AS thing, null AS act, 'the documents say when it was founded, and name no act' AS why
