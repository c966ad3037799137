MATCH (named)<-[:HELD_UNDER|PART_OF*0..2]-(owner)-[:HAS_INDICATOR]->(indicator:Indicator)
WHERE name_matches(named, $subject)
WITH DISTINCT owner, indicator
RETURN caption(owner) AS of, indicator.name AS measure, indicator.comparator AS comparator, indicator.value AS value,
       indicator.unit AS unit, indicator.status AS status, indicator.by AS by, indicator.date_from AS date_from,
       indicator.date_to AS date_to
ORDER BY of, status, measure, value

