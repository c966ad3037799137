// title: Which acts amend, repeal or suspend an act?
// parameter act: its number, or words of its title
// sentence: {act} is changed by {by}[ of {date}] ({change})[, {modality}].

// answer
MATCH (act:LegalAct)<-[:PART_OF*0..3]-(part)<-[change:AMENDS|REPEALS|SUSPENDS]-(by)
WHERE name_matches(act, $act)
RETURN caption(act) AS act, caption(by) AS by, by.date AS date, type(change) AS change, modality(change) AS modality
ORDER BY act, date, by, change

// candidates
MATCH (act:LegalAct)<-[change:CITES|IMPLEMENTS|COMMENCES]-(by)
WHERE name_matches(act, $act)
RETURN caption(act) AS act, caption(by) AS by, type(change) AS relation, 'it refers to the act, and no document says that it changes it' AS why
UNION
MATCH (act:LegalAct)-[change:AMENDS|REPEALS|SUSPENDS]->(by)
WHERE name_matches(act, $act)
RETURN caption(act) AS act, caption(by) AS by, type(change) AS relation, 'the change goes the other way: this act changes that one' AS why
