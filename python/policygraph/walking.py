"""What lies around a node: the methods of `Node` that take bounds, with their arguments looked at first."""

from __future__ import annotations

from collections.abc import Iterable

from . import _core, arguments
from .errors import ArgumentTypeError

_MOST_HOPS = 2**32 - 1
_around, _reach, _shortest_route, _routes = _core.Node.around, _core.Node.reach, _core.Node.shortest_route, _core.Node.routes


def _hops(value: int) -> int:
    return arguments.whole("hops", value, most=_MOST_HOPS)


def _end(to: _core.Node) -> _core.Node:
    if not isinstance(to, _core.Node):
        raise ArgumentTypeError(f"to is of the type {type(to).__name__}; it is a node")
    return to


def around(
    self: _core.Node, hops: int = 1, *, types: Iterable[str] = (), direction: str = "both", max_nodes: int = 1000
) -> _core.Region:
    """The node with what lies within so many hops.

    Parameters
    ----------
    hops : int
        How far.
    types : iterable of str
        Types of edges to go along; without them all.
    direction : {"both", "out", "in"}
        Along the arrows, against them, or either.
    max_nodes : int
        Where it stops; `Region.is_cut` says that it did.

    Examples
    --------
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory("open")
    >>> _ = graph.query("CREATE (:City {name: 'Nukus'})-[:ROAD]->(:City {name: 'Khiva'})-[:ROAD]->(:City {name: 'Urgench'})")
    >>> graph.snapshot().nodes("City")[0].around(1)
    <Region: 2 nodes, 1 edges>
    """
    how = arguments.texts("types", types), arguments.text("direction", direction), arguments.whole("max_nodes", max_nodes)
    return _around(self, _hops(hops), types=how[0], direction=how[1], max_nodes=how[2])


def reach(
    self: _core.Node, hops: int, *, types: Iterable[str] = (), direction: str = "both", max_nodes: int = 1000
) -> list[tuple[_core.Node, int]]:
    """Nodes within so many hops and how many it takes, nearest first; the parameters are those of `around`.

    Examples
    --------
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory("open")
    >>> _ = graph.query("CREATE (:City {name: 'Nukus'})-[:ROAD]->(:City {name: 'Khiva'})-[:ROAD]->(:City {name: 'Urgench'})")
    >>> [(city["name"], hops) for city, hops in graph.snapshot().nodes("City")[0].reach(2, direction="out")]
    [('Khiva', 1), ('Urgench', 2)]
    """
    how = arguments.texts("types", types), arguments.text("direction", direction), arguments.whole("max_nodes", max_nodes)
    return _reach(self, _hops(hops), types=how[0], direction=how[1], max_nodes=how[2])


def shortest_route(
    self: _core.Node, to: _core.Node, hops: int = 32, *, types: Iterable[str] = (), direction: str = "both", max_nodes: int = 1_000_000
) -> _core.Path | None:
    """A shortest path, or None; the parameters are those of `around`.

    Examples
    --------
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory("open")
    >>> _ = graph.query("CREATE (:City {name: 'Nukus'})-[:ROAD]->(:City {name: 'Khiva'})-[:ROAD]->(:City {name: 'Urgench'})")
    >>> nukus, khiva, urgench = graph.snapshot().nodes("City")
    >>> [city["name"] for city in nukus.shortest_route(urgench).nodes]
    ['Nukus', 'Khiva', 'Urgench']
    """
    how = arguments.texts("types", types), arguments.text("direction", direction), arguments.whole("max_nodes", max_nodes)
    return _shortest_route(self, _end(to), _hops(hops), types=how[0], direction=how[1], max_nodes=how[2])


def routes(
    self: _core.Node, to: _core.Node, hops: int, *, types: Iterable[str] = (), direction: str = "both", max_routes: int = 1000
) -> list[_core.Path]:
    """Every path of so many hops that meets no node twice, the shortest first; the parameters are those of `around`.

    Examples
    --------
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory("open")
    >>> _ = graph.query("CREATE (a:City)-[:ROAD]->(b:City), (a)-[:ROAD]->(:City)-[:ROAD]->(b)")
    >>> one, other, _ = graph.snapshot().nodes("City")
    >>> [len(path) for path in one.routes(other, 3)]
    [1, 2]
    """
    how = arguments.texts("types", types), arguments.text("direction", direction), arguments.whole("max_routes", max_routes)
    return _routes(self, _end(to), _hops(hops), types=how[0], direction=how[1], max_routes=how[2])


def install() -> None:
    """Puts them in the place of the extension's own."""
    for method in (around, reach, shortest_route, routes):
        setattr(_core.Node, method.__name__, method)
