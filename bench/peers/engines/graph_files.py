"""What the graph libraries are built from: all nodes and edges by number, and the two types that ways are asked of."""

from __future__ import annotations

from worker import Engine, Rows, table

NODES = ("documents", "acts", "agencies", "fundings", "programmes", "partners")
EDGES = ("mentions", "cites", "amends", "issued_by", "part_of", "authorises", "funds", "provides", "partner_in")


class GraphEngine(Engine):
    """Holds the whole graph, and those of CITES and AMENDS alone; ids begin at 1, places at 0."""

    def read(self) -> None:
        self.count = sum(1 for name in NODES for _ in table(self.folder, f"{name}.csv"))
        self.pairs = {name: [(int(row[0]) - 1, int(row[1]) - 1) for row in table(self.folder, f"{name}.csv")] for name in EDGES}
        self.all_pairs = [pair for name in EDGES for pair in self.pairs[name]]


def most(counts: dict[int, int] | list[int]) -> Rows:
    """The ten of the highest counts, by place."""
    pairs = counts.items() if isinstance(counts, dict) else enumerate(counts)
    best = sorted((-count, place) for place, count in pairs if count)[:10]
    return [(place + 1, -count) for count, place in best]


def ranked(ranks: dict[int, float] | list[float]) -> Rows:
    pairs = ranks.items() if isinstance(ranks, dict) else enumerate(ranks)
    best = sorted((-rank, place) for place, rank in pairs)[:10]
    return [(place + 1, f"{-rank:.2e}") for rank, place in best]
