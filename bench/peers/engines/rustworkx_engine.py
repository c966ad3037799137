"""rustworkx: petgraph in memory."""

from __future__ import annotations

from typing import Any

import rustworkx
from graph_files import GraphEngine, most, ranked
from worker import Rows, Runner, serve


class Rustworkx(GraphEngine):
    def version(self) -> str:
        return str(rustworkx.__version__)

    def load(self) -> None:
        self.read()
        self.whole, self.cites, self.amends = (self.made(pairs) for pairs in (self.all_pairs, self.pairs["cites"], self.pairs["amends"]))
        self.cites_both_ways = self.cites.to_undirected()

    def made(self, pairs: list[tuple[int, int]]) -> Any:
        graph = rustworkx.PyDiGraph(multigraph=True)
        graph.add_nodes_from(range(self.count))
        graph.add_edges_from_no_data(pairs)
        return graph

    def runner(self, query: str) -> Runner | None:
        runners: dict[str, Runner] = {
            "closure": lambda a: rustworkx.descendants(self.amends, a[0] - 1),
            "shortest_path": lambda a: rustworkx.dijkstra_shortest_paths(self.cites_both_ways, a[0] - 1, target=a[1] - 1, default_weight=1.0),
            "most_cited": lambda _: most([self.cites.in_degree(place) for place in range(self.count)]),
            "page_rank": lambda _: rustworkx.pagerank(self.whole, tol=1e-8 / self.count, max_iter=1000),
            "components": lambda _: rustworkx.weakly_connected_components(self.whole),
        }
        return runners.get(query)

    def rows(self, query: str, answer: Any) -> Rows:
        if query == "closure":
            return [(place + 1,) for place in answer]
        if query == "shortest_path":
            return [(len(path) - 1,) for path in answer.values()]
        if query == "page_rank":
            return ranked(dict(answer.items()))
        return [(len(answer), max(map(len, answer)))] if query == "components" else answer


if __name__ == "__main__":
    serve(Rustworkx)
