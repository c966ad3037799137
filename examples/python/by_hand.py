"""A graph without documents: by hand and by Cypher, checked against the schema, each row with what it rests on."""

import policygraph as pg

graph = pg.open_in_memory()
graph.query(
    """
    CREATE (new:Law {jurisdiction: 'GB', kind: 'law', title: 'Clean Air Act'})
           -[:AMENDS]->(:Law {jurisdiction: 'GB', kind: 'law', title: 'Public Health Act'})
    """
)
for row in graph.query("MATCH (a:LegalAct)-[:AMENDS]->(b) RETURN a.title AS act, b.title AS amended"):
    print(row["act"], "amends", row["amended"])

try:
    graph.query("MATCH (a:LegalAkt) RETURN a")
except pg.Error as error:
    print(error.text)
