"""igraph: compressed adjacency in memory, PRPACK for PageRank."""

from __future__ import annotations

from typing import Any

import igraph
from graph_files import GraphEngine, most, ranked
from worker import Rows, Runner, serve


class Igraph(GraphEngine):
    def version(self) -> str:
        return str(igraph.__version__)

    def load(self) -> None:
        self.read()
        self.whole = igraph.Graph(n=self.count, edges=self.all_pairs, directed=True)
        self.cites = igraph.Graph(n=self.count, edges=self.pairs["cites"], directed=True)
        self.amends = igraph.Graph(n=self.count, edges=self.pairs["amends"], directed=True)

    def runner(self, query: str) -> Runner | None:
        runners: dict[str, Runner] = {
            "closure": lambda a: self.amends.subcomponent(a[0] - 1, mode="out"),
            "shortest_path": lambda a: self.cites.get_shortest_path(a[0] - 1, a[1] - 1, mode="all", output="epath"),
            "most_cited": lambda _: most(self.cites.indegree()),
            "page_rank": lambda _: self.whole.pagerank(),
            "components": lambda _: self.whole.connected_components(mode="weak"),
        }
        return runners.get(query)

    def rows(self, query: str, answer: Any) -> Rows:
        if query == "closure":
            return [(place + 1,) for place in answer[1:]]
        if query == "shortest_path":
            return [(len(answer),)]
        if query == "page_rank":
            return ranked(answer)
        return [(len(answer), max(answer.sizes()))] if query == "components" else answer


if __name__ == "__main__":
    serve(Igraph)
