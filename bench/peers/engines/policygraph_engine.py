"""policygraph from Python: the same texts as from C++, evidence off, prepared, as docs/tables.md advises. It opens the file that policygraph-bench has written."""

from __future__ import annotations

import os
from typing import Any

import policygraph as pg
from worker import Engine, Rows, Runner, folder_bytes, query_texts, serve


class Policygraph(Engine):
    def __init__(self, *places: str) -> None:
        super().__init__(*places)
        self.path = os.path.join(self.work, "graph.pgraph")
        self.texts = query_texts(os.path.join(self.queries, "policygraph.cypher"))

    def version(self) -> str:
        return str(pg.__version__)

    def load(self) -> bool:
        """The set is taken in from C++; here it is opened."""
        self.open()
        return False

    def open(self) -> None:
        self.graph = pg.open(self.path, read_only=True)
        self.snapshot = self.graph.snapshot()

    def size(self) -> int:
        return folder_bytes(self.path)

    def argument(self, kind: str, text: str) -> Any:
        return pg.PartialDate(text) if kind == "d" else super().argument(kind, text)

    def runner(self, query: str) -> Runner | None:
        if query == "page_rank":
            count = self.snapshot.node_count
            return lambda _: self.snapshot.pagerank(tolerance=1e-8 / count, max_iterations=1000)
        if query == "components":
            return lambda _: self.snapshot.components()
        if query == "write_mix" or (query not in self.texts and query != "mentions_arrow"):
            return None
        asked = self.snapshot.prepare(self.texts["all_mentions" if query == "mentions_arrow" else query], evidence=False)
        if query == "mentions_arrow":
            import pyarrow

            return lambda _: pyarrow.table(asked.run())
        tuples = asked.tuples
        if query == "provenance":
            return lambda arguments: self.cite(tuples(*arguments))
        return lambda arguments: tuples(*arguments)

    def cite(self, rows: list[Any]) -> Any:
        ((edge,),) = rows
        return [(shown.title, shown.start, shown.end, shown.quote) for shown in edge.evidence]

    def rows(self, query: str, answer: Any) -> Rows:
        if query == "mentions_arrow":
            return zip(*(column.to_pylist() for column in answer.columns), strict=True)
        if query == "components":
            return [(len(answer), len(answer[0]))]
        return ranked(answer) if query == "page_rank" else answer


def ranked(ranks: dict[int, float]) -> Rows:
    best = sorted((-rank, key) for key, rank in ranks.items())[:10]
    return [(key, f"{-rank:.2e}") for rank, key in best]


if __name__ == "__main__":
    serve(Policygraph)
