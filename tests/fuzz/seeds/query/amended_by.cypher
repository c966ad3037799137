MATCH (act:LegalAct)<-[:PART_OF*0..3]-(part)<-[change:AMENDS|REPEALS|SUSPENDS]-(by)
WHERE name_matches(act, $act)
RETURN caption(act) AS act, caption(by) AS by, by.date AS date, type(change) AS change, modality(change) AS modality
ORDER BY act, date, by, change

