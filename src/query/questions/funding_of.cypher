// title: Who funds a programme, how much, and until when?
// parameter programme: words of its name
// sentence: {programme} is funded with {amount} {currency}[ by {providers}][ under {acts}][, from {period_from}][ to {period_to}][ ({modality})].

// answer
MATCH (funding:Funding)-[:FUNDS]->(programme)
WHERE name_matches(programme, $programme)
OPTIONAL MATCH (provider)-[:PROVIDES]->(funding)
OPTIONAL MATCH (act)-[:AUTHORISES]->(funding)
OPTIONAL MATCH (programme)-[:IMPLEMENTED_BY]->(implementer)
WITH programme, funding, collect(DISTINCT caption(provider)) AS providers, collect(DISTINCT caption(act)) AS acts,
     collect(DISTINCT caption(implementer)) AS implementers
RETURN caption(programme) AS programme, funding.amount AS amount, funding.currency AS currency, funding.kind AS kind,
       funding.status AS status, modality(funding) AS modality, funding.period_from AS period_from, funding.period_to AS period_to,
       providers, acts, implementers
ORDER BY programme, amount DESC, currency

// candidates
MATCH (programme:Programme)
WHERE name_matches(programme, $programme) AND NOT (:Funding)-[:FUNDS]->(programme)
OPTIONAL MATCH (body)-[:PARTNER_IN]->(programme)
OPTIONAL MATCH (programme)-[:IMPLEMENTED_BY]->(implementer)
WITH programme, collect(DISTINCT caption(body)) + collect(DISTINCT caption(implementer)) AS bodies
RETURN caption(programme) AS programme, bodies, 'the documents name it, and state no sum for it' AS why
ORDER BY programme
