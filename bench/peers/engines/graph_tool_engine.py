"""graph-tool: Debian's package, under Debian's python3."""

from __future__ import annotations

from typing import Any

import graph_tool
import numpy
from graph_files import GraphEngine, most, ranked
from graph_tool import centrality, topology
from worker import Rows, Runner, serve


class GraphTool(GraphEngine):
    def version(self) -> str:
        return str(graph_tool.__version__).split()[0]

    def load(self) -> None:
        self.read()
        self.whole, self.cites, self.amends = (self.made(pairs) for pairs in (self.all_pairs, self.pairs["cites"], self.pairs["amends"]))
        self.cites_both_ways = graph_tool.GraphView(self.cites, directed=False)

    def made(self, pairs: list[tuple[int, int]]) -> Any:
        graph = graph_tool.Graph(directed=True)
        graph.add_vertex(self.count)
        graph.add_edge_list(numpy.array(pairs, dtype="int64"))
        return graph

    def runner(self, query: str) -> Runner | None:
        runners: dict[str, Runner] = {
            "closure": lambda a: (topology.label_out_component(self.amends, self.amends.vertex(a[0] - 1)), a[0] - 1),
            "shortest_path": lambda a: topology.shortest_distance(self.cites_both_ways, a[0] - 1, a[1] - 1),
            "most_cited": lambda _: most(self.cites.get_in_degrees(numpy.arange(self.count)).tolist()),
            "page_rank": lambda _: centrality.pagerank(self.whole, epsilon=1e-8),
            "components": lambda _: topology.label_components(self.whole, directed=False),
        }
        return runners.get(query)

    def rows(self, query: str, answer: Any) -> Rows:
        if query == "closure":
            reached, start = answer
            return [(place + 1,) for place in numpy.flatnonzero(reached.a).tolist() if place != start]
        if query == "shortest_path":
            return [(int(answer),)]
        if query == "page_rank":
            return ranked((answer.a / answer.a.sum()).tolist())
        return [(len(answer[1]), int(answer[1].max()))] if query == "components" else answer


if __name__ == "__main__":
    serve(GraphTool)
