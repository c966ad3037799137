"""What pictures cost: medians of five, in seconds, and how large they are. The bounds are those that docs/notebooks.md states."""

from __future__ import annotations

from pathlib import Path

import policygraph as pg
from tables import median

ROOT = Path(__file__).resolve().parents[1]


def woven(nodes: int) -> pg.Graph:
    """Some two edges a node, far and near."""
    graph = pg.open_in_memory("open")
    graph.query("UNWIND range(1, $nodes) AS n CREATE (:Act {n: n, name: 'An act of some length, number ' + n})", nodes=nodes)
    graph.query("MATCH (a:Act), (b:Act) WHERE b.n IN [a.n * 7 % $most, a.n / 3] AND a <> b CREATE (a)-[:CITES]->(b)", most=nodes + 1)
    return graph


def report(name: str, graph: pg.Graph, most: int) -> None:
    now = graph.snapshot()
    page = now.view(max_nodes=most)
    times = [
        ("svg", lambda: now.to_svg(max_nodes=most), len(page.svg)),
        ("page", lambda: now.view(max_nodes=most).html, len(page.html)),
        ("notebook", lambda: now.view(max_nodes=most)._repr_html_(), len(page._repr_html_())),
    ]
    for what, work, size in times:
        print(f"{name:24} {what:9} {median(work):7.3f} s {size / 1e6:7.2f} MB")


def main() -> None:
    documents = pg.open_in_memory()
    documents.ingest(ROOT / "examples" / "documents")
    report("sample documents", documents, 300)
    for nodes in (300, 3_000):
        report(f"{nodes:,} nodes", woven(nodes), nodes)
    print(f"{'timeline':34} {median(lambda: documents.timeline('PQ-300', hops=2).svg):7.3f} s")
    print(f"{'flow of money':34} {median(lambda: documents.money_flow().svg):7.3f} s")


if __name__ == "__main__":
    main()
