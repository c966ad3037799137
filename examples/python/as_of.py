"""The graph as it was on a date, and measures of it: views are snapshots, so everything works on them."""

import policygraph as pg

graph = pg.open_in_memory("open")
graph.query(
    """
    CREATE (air:Act {title: 'Clean Air Act'})-[:AMENDS]->(health:Act {title: 'Public Health Act'}),
           (rail:Act {title: 'Rail Act'})-[:CITES]->(health), (rail)-[:CITES]->(:Act {title: 'Canal Act'})
    """
)
snapshot = graph.snapshot()
titles = {row["id"]: row["title"] for row in graph.query("MATCH (a:Act) RETURN id(a) AS id, a.title AS title")}

ranks = snapshot.pagerank()
for key in sorted(ranks, key=lambda key: (-ranks[key], key)):
    print(f"{titles[key]:18} {ranks[key]:.3f}")

length, nodes, _ = snapshot.shortest_path(1, 4, direction="both") or (0, [], [])
print(f"{length:.0f} steps:", " - ".join(titles[key] for key in nodes))

amendments = snapshot.with_types("AMENDS")
print(amendments, "in parts of", [len(part) for part in amendments.components()])
print(amendments.query("MATCH (a)-[r]->(b) RETURN type(r) AS type, b.title AS title").to_dicts())
print(graph.as_of("2022-01-01"))
