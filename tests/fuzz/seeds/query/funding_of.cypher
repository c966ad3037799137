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

