"""Measures of whole graphs."""

from __future__ import annotations

from typing import Literal

from . import _core, arguments

Direction = Literal["out", "in", "both"]
Key = int | _core.Node


class Measured:
    """What can be measured on a snapshot or a view of one. Nodes and edges are named by their keys.

    The answers are the same for any number of `threads`; 0 is as many as there are cores.
    """

    __slots__ = ()
    _core: _core.Snapshot

    def pagerank(self, *, damping: float = 0.85, tolerance: float = 1e-6, max_iterations: int = 100, threads: int = 0) -> dict[int, float]:
        """The share of time that a walker who follows edges at random is at each node.

        Examples
        --------
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> _ = graph.query("CREATE (:Act)-[:CITES]->(c:Act), (:Act)-[:CITES]->(c)")
        >>> {key: round(rank, 3) for key, rank in graph.snapshot().pagerank().items()}
        {1: 0.213, 2: 0.574, 3: 0.213}
        """
        count, crew = arguments.whole("max_iterations", max_iterations), _crew(threads)
        return _core.page_rank(self._core, arguments.real("damping", damping), arguments.real("tolerance", tolerance), count, crew)

    def components(self, *, strong: bool = False, threads: int = 0) -> list[list[int]]:
        """Parts that hang together, the largest first.

        Parameters
        ----------
        strong : bool
            Within a part each node reaches each other along the arrows; else arrows are left out.
        threads : int
            For weak parts; strong ones take one.

        Examples
        --------
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> _ = graph.query("CREATE (:Act)-[:CITES]->(:Act), (:Act)")
        >>> graph.snapshot().components()
        [[1, 2], [3]]
        """
        return _core.components(self._core, arguments.flag("strong", strong), _crew(threads))

    def levels(self, start: Key, /, *, direction: Direction = "out", threads: int = 0) -> dict[int, int]:
        """Steps from a node to each that can be reached.

        Examples
        --------
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> _ = graph.query("CREATE (:Act)-[:CITES]->(:Act)-[:CITES]->(:Act)")
        >>> graph.snapshot().levels(2), graph.snapshot().levels(2, direction="both")
        ({2: 0, 3: 1}, {1: 1, 2: 0, 3: 1})
        """
        return _core.levels(self._core, arguments.node("start", start), arguments.text("direction", direction), _crew(threads))

    def distances(
        self, start: Key, /, weight: str = "", *, missing: float = 1.0, direction: Direction = "out", threads: int = 0
    ) -> dict[int, float]:
        """Length of the shortest way from a node to each that can be reached.

        Parameters
        ----------
        start : int or Node
            Where the ways begin.
        weight : str
            A property of edges, numbers of 0 or more; without one each edge counts 1.
        missing : float
            The weight of an edge that has none.
        direction : {"out", "in", "both"}
            Along the arrows, against them, or either.
        """
        steps = arguments.text("weight", weight), arguments.real("missing", missing), arguments.text("direction", direction)
        return _core.distances(self._core, arguments.node("start", start), *steps, _crew(threads))

    def shortest_path(
        self, start: Key, end: Key, /, weight: str = "", *, missing: float = 1.0, direction: Direction = "out"
    ) -> tuple[float, list[int], list[int]] | None:
        """One of the shortest ways: its length, its nodes, its edges; None where there is no way.

        Examples
        --------
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> _ = graph.query("CREATE (:Act)-[:CITES]->(:Act)-[:CITES]->(:Act)")
        >>> graph.snapshot().shortest_path(1, 3)
        (2.0, [1, 2, 3], [1, 2])
        """
        steps = arguments.text("weight", weight), arguments.real("missing", missing), arguments.text("direction", direction)
        return _core.shortest_path(self._core, arguments.node("start", start), arguments.node("end", end), *steps)

    def articulation_points(self) -> list[int]:
        """Nodes without which, arrows left out, a part falls apart."""
        return _core.articulation_points(self._core)

    def core_numbers(self) -> dict[int, int]:
        """The largest k for which a node is in a part where each has k edges within the part, arrows left out."""
        return _core.core_numbers(self._core)


def _crew(threads: int) -> int:
    return arguments.whole("threads", threads, most=1024)
