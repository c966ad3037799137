// title: What is a programme, a body or a place to reach, and what has it reached?
// parameter subject: words of its name
// sentence: {of}: {value}[ {unit}][ {measure}] ({status})[ by {by}].

// answer
MATCH (named)<-[:HELD_UNDER|PART_OF*0..2]-(owner)-[:HAS_INDICATOR]->(indicator:Indicator)
WHERE name_matches(named, $subject)
WITH DISTINCT owner, indicator
RETURN caption(owner) AS of, indicator.name AS measure, indicator.comparator AS comparator, indicator.value AS value,
       indicator.unit AS unit, indicator.status AS status, indicator.by AS by, indicator.date_from AS date_from,
       indicator.date_to AS date_to
ORDER BY of, status, measure, value

// candidates
MATCH (subject)
WHERE (subject:Programme OR subject:Organization OR subject:Event OR subject:Place) AND name_matches(subject, $subject)
RETURN caption(subject) AS of, labels(subject) AS labels, 'the documents name it, and state no figure for it' AS why
ORDER BY of
