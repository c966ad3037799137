// title: Which decree funds which programme, through whom, how much, until when?
// parameter programme?: words of the programme's name; all programmes without it
// parameter act?: number or words of the act's title; all acts without it
// sentence: {act}[ of {date}] authorises {amount} {currency} for {programme}[, given by {providers}][, carried out by {implementers}][, from {period_from}][ to {period_to}].

// answer
MATCH (act:LegalAct)<-[:PART_OF*0..3]-(source)-[:AUTHORISES]->(funding:Funding)-[:FUNDS]->(programme:Programme)
WHERE ($programme IS NULL OR name_matches(programme, $programme)) AND ($act IS NULL OR name_matches(act, $act))
OPTIONAL MATCH (provider)-[:PROVIDES]->(funding)
OPTIONAL MATCH (programme)-[:IMPLEMENTED_BY]->(implementer)
WITH act, funding, programme, collect(DISTINCT caption(provider)) AS providers, collect(DISTINCT caption(implementer)) AS implementers
RETURN caption(act) AS act, act.date AS date, caption(programme) AS programme, funding.amount AS amount, funding.currency AS currency,
       funding.kind AS kind, modality(funding) AS modality, funding.period_from AS period_from, funding.period_to AS period_to,
       providers, implementers
ORDER BY act, programme, amount, currency

// candidates
MATCH (act:LegalAct)-[:APPROVES]->(programme:Programme)
WHERE ($programme IS NULL OR name_matches(programme, $programme)) AND ($act IS NULL OR name_matches(act, $act))
RETURN caption(act) AS act, caption(programme) AS programme, null AS amount, null AS currency,
       'the act approves the programme, and no document says that it authorises money for it' AS why
UNION
MATCH (funding:Funding)-[:FUNDS]->(programme:Programme)
WHERE ($programme IS NULL OR name_matches(programme, $programme)) AND $act IS NULL AND NOT ()-[:AUTHORISES]->(funding)
RETURN null AS act, caption(programme) AS programme, funding.amount AS amount, funding.currency AS currency,
       'the sum is stated, and no document names an act that authorises it' AS why
UNION
MATCH (act:LegalAct)-[:AUTHORISES]->(funding:Funding)
WHERE $programme IS NULL AND ($act IS NULL OR name_matches(act, $act)) AND NOT (funding)-[:FUNDS]->(:Programme)
RETURN caption(act) AS act, null AS programme, funding.amount AS amount, funding.currency AS currency,
       'the act authorises the sum, and no document names the programme it is for' AS why
