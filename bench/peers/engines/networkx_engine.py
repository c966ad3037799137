"""NetworkX: dictionaries of dictionaries, SciPy for PageRank."""

from __future__ import annotations

from typing import Any

import networkx
from graph_files import GraphEngine, most, ranked
from worker import Rows, Runner, serve


class NetworkX(GraphEngine):
    def version(self) -> str:
        return str(networkx.__version__)

    def load(self) -> None:
        self.read()
        self.whole = self.made(self.all_pairs)
        self.cites, self.amends = self.made(self.pairs["cites"]), self.made(self.pairs["amends"])
        self.cites_both_ways = self.cites.to_undirected(as_view=False)

    def made(self, pairs: list[tuple[int, int]]) -> Any:
        graph = networkx.MultiDiGraph()
        graph.add_nodes_from(range(self.count))
        graph.add_edges_from(pairs)
        return graph

    def runner(self, query: str) -> Runner | None:
        runners: dict[str, Runner] = {
            "closure": lambda a: networkx.descendants(self.amends, a[0] - 1),
            "shortest_path": lambda a: networkx.bidirectional_shortest_path(self.cites_both_ways, a[0] - 1, a[1] - 1),
            "most_cited": lambda _: most(dict(self.cites.in_degree())),
            "page_rank": lambda _: networkx.pagerank(self.whole, tol=1e-8 / self.count, max_iter=1000),
            "components": lambda _: list(networkx.weakly_connected_components(self.whole)),
        }
        return runners.get(query)

    def rows(self, query: str, answer: Any) -> Rows:
        if query == "closure":
            return [(place + 1,) for place in answer]
        if query == "shortest_path":
            return [(len(answer) - 1,)]
        if query == "page_rank":
            return ranked(answer)
        return [(len(answer), max(map(len, answer)))] if query == "components" else answer


if __name__ == "__main__":
    serve(NetworkX)
