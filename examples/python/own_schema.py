"""The policy schema with a label, a relation and properties of one's own; what breaks its rules is refused by name."""

import policygraph as pg

graph = pg.open_in_memory("examples/permits.json")
graph.query(
    """
    CREATE (:Permit {jurisdiction: 'UZ', kind: 'other', serial: 'A-17', fee: 250000})
           -[:PERMITS {since: '2024-10'}]->(:Organization {name: 'Aral Fisheries', kind: 'company'})
    """
)
for row in graph.query("MATCH (p:LegalAct)-[r:PERMITS]->(o) RETURN p.serial AS serial, p.fee AS fee, o.name AS name, r.since AS since"):
    print(row["name"], "has permit", row["serial"], "for", row["fee"], "soum, since", row["since"])

for text in ("CREATE (:Permit {jurisdiction: 'UZ', kind: 'other', serial: 'A-17'})", "MATCH (p:Permit) SET p.feee = 1"):
    try:
        graph.query(text)
    except pg.Error as error:
        print(error.text)
