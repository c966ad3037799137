MATCH (act:LegalAct)<-[:PART_OF*0..3]-(source)-[:AUTHORISES]->(funding:Funding)-[:FUNDS]->(programme:Programme)
WHERE ($programme IS NULL OR name_matches(programme, $programme)) AND ($act IS NULL OR name_matches(act, $act))
OPTIONAL MATCH (provider)-[:PROVIDES]->(funding)
OPTIONAL MATCH (programme)-[:IMPLEMENTED_BY]->(implementer)
WITH act, funding, programme, collect(DISTINCT caption(provider)) AS providers, collect(DISTINCT caption(implementer)) AS implementers
RETURN caption(act) AS act, act.date AS date, caption(programme) AS programme, funding.amount AS amount, funding.currency AS currency,
       funding.kind AS kind, modality(funding) AS modality, funding.period_from AS period_from, funding.period_to AS period_to,
       providers, implementers
ORDER BY act, programme, amount, currency

