"""Snapshots: the graph as of one commit."""

from __future__ import annotations

import datetime
import decimal
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, NamedTuple

from . import _core, arguments, display_values, log, pickling
from .answer import Answer
from .arguments import DateLike, Path
from .audit import Audit
from .measures import Measured
from .prepared import PreparedQuery
from .results import Results, merged
from .view import Charted

ProcedureBody = Callable[..., Iterable[Any]]


class ExchangeRate(NamedTuple):
    """One unit of `from_` cost `rate` units of `to` on that day, says the source.

    Examples
    --------
    >>> import datetime, decimal
    >>> import policygraph as pg
    >>> may = pg.ExchangeRate("USD", "UZS", decimal.Decimal("12650.5"), datetime.date(2024, 5, 6), "Central Bank")
    >>> pg.open_in_memory().query("CALL money.convert(2, 'USD', 'UZS', null) YIELD amount, source", rates=[may]).to_dicts()
    [{'amount': Decimal('25301.0'), 'source': 'Central Bank'}]
    """

    from_: str
    to: str
    rate: decimal.Decimal
    date: datetime.date
    source: str


# What is asked for most, made once: a look-up by key takes a few microseconds. Calls into C++ copy it.
_WITH_EVIDENCE = _core.QueryOptions(True, 0.0, 0, {}, None, None)
_WITHOUT = _core.QueryOptions(False, 0.0, 0, {}, None, None)


def query_options(
    evidence: bool,
    timeout: float | None,
    max_rows: int,
    procedures: Mapping[str, ProcedureBody] | None = None,
    now: datetime.datetime | None = None,
    rates: Iterable[ExchangeRate] | None = None,
) -> _core.QueryOptions:
    is_usual = timeout is None and procedures is None and now is None and rates is None and type(max_rows) is int and max_rows == 0
    if is_usual and type(evidence) is bool:
        return _WITH_EVIDENCE if evidence else _WITHOUT
    table = None if rates is None else [tuple(rate) for rate in rates]
    seconds = 0.0 if timeout is None else arguments.real("timeout", timeout)
    bodies = arguments.mapping("procedures", procedures)
    return _core.QueryOptions(arguments.flag("evidence", evidence), seconds, arguments.whole("max_rows", max_rows), bodies, now, table)


class Snapshot(Measured, Charted):
    """The graph as of one commit: it never changes, and any thread may read it.

    Examples
    --------
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory("open")
    >>> before = graph.snapshot()
    >>> _ = graph.query("CREATE (:City {name: 'Nukus'})")
    >>> len(before), len(graph.snapshot())
    (0, 1)
    """

    __slots__ = ("_core",)

    def __init__(self, core: _core.Snapshot) -> None:
        self._core = core

    @property
    def commit(self) -> int:
        """The commit's number; 0 is the empty graph."""
        return self._core.commit

    @property
    def schema(self) -> str:
        """The schema's name."""
        return self._core.schema

    @property
    def node_count(self) -> int:
        """How many nodes there are."""
        return self._core.node_count

    @property
    def edge_count(self) -> int:
        """How many edges there are."""
        return self._core.edge_count

    @property
    def documents(self) -> list[_core.SourceDocument]:
        """The documents it rests on, edits by hand included."""
        return self._core.documents

    def text(self, document: int) -> str | None:
        """The normalised text of a document; None where it is not held."""
        return self._core.text(arguments.whole("document", document))

    def node(self, key: int) -> _core.Node | None:
        """The node of that key, or None."""
        return self._core.node(arguments.whole("key", key))

    def edge(self, key: int) -> _core.Edge | None:
        """The edge of that key, or None."""
        return self._core.edge(arguments.whole("key", key))

    def nodes(self, label: str = "") -> list[_core.Node]:
        """Nodes that have the label or one below it; all without one. SchemaError for a label the strict schema does not know."""
        return self._core.nodes(arguments.text("label", label))

    def edges(self, type: str = "") -> list[_core.Edge]:
        """Edges of that type; all without one. SchemaError for a type the strict schema does not know."""
        return self._core.edges(arguments.text("type", type))

    def find_nodes(self, label: str, property: str, value: Any) -> list[_core.Node]:
        """Nodes of that label whose property has the value, by an index after the first question.

        Examples
        --------
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> _ = graph.query("UNWIND range(1, 3) AS i CREATE (:City {code: i})-[:ON]->(:River {code: 10 * i})")
        >>> city, = graph.snapshot().find_nodes("City", "code", 2)
        >>> [river["code"] for river in city.out("ON")]
        [20]
        """
        return self._core.find_nodes(arguments.text("label", label), arguments.text("property", property), value)

    def only(self, region: _core.Region) -> Snapshot:
        """The snapshot with nothing but a region of it, for queries, pages and pictures.

        Examples
        --------
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> _ = graph.query("CREATE (:Lake {n: 1})-[:FEEDS]->(:Lake {n: 2})-[:FEEDS]->(:Sea {n: 3})")
        >>> now = graph.snapshot()
        >>> lake, = now.find_nodes("Lake", "n", 1)
        >>> now.only(lake.around(1)).query("MATCH (n) RETURN n.n AS n").to_dicts()
        [{'n': 1}, {'n': 2}]
        """
        return Snapshot(_core.only(self._core, region))

    def find_name(self, label: str, name: str) -> list[_core.Node]:
        """Nodes of that label whose name folds to the same key."""
        return self._core.find_name(arguments.text("label", label), arguments.text("name", name))

    def as_of(self, date: DateLike, *, certainty: Literal["possibly", "definitely"] = "possibly") -> Snapshot:
        """A view: only the edges valid on that date; see `Graph.as_of`."""
        when = arguments.partial_date("date", date)
        return Snapshot(_core.as_of(self._core, when, arguments.text("certainty", certainty)))

    def with_labels(self, *labels: str) -> Snapshot:
        """A view: only the nodes that have any of the labels, or one below it, and the edges among them.

        Examples
        --------
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> _ = graph.query("CREATE (:Act)-[:CITES]->(:Act)-[:FUNDS]->(:Programme)")
        >>> graph.snapshot().with_labels("Act")
        <Snapshot 1: 2 nodes, 1 edges>
        """
        return Snapshot(_core.with_labels(self._core, arguments.texts("labels", labels)))

    def with_types(self, *types: str) -> Snapshot:
        """A view: only the edges of these types."""
        return Snapshot(_core.with_types(self._core, arguments.texts("types", types)))

    def with_review(self, *reviews: Literal["proposed", "accepted", "rejected", "disputed"]) -> Snapshot:
        """A view: only the nodes and edges that a claim of one of these reviews says to exist."""
        return Snapshot(_core.with_review(self._core, arguments.texts("reviews", reviews)))

    def query(
        self,
        text: str,
        /,
        parameters: Mapping[str, Any] | None = None,
        *,
        evidence: bool = True,
        timeout: float | None = None,
        max_rows: int = 0,
        procedures: Mapping[str, ProcedureBody] | None = None,
        now: datetime.datetime | None = None,
        rates: Iterable[ExchangeRate] | None = None,
        **named: Any,
    ) -> Results:
        """Answer a reading query; see `Graph.query`."""
        options = query_options(evidence, timeout, max_rows, procedures, now, rates)
        start = time.perf_counter()
        rows = _core.query_snapshot(self._core, arguments.query(text), merged(parameters, named), options)
        log.queried(text, rows, start)
        return Results(rows)

    def prepare(self, text: str, /, *, evidence: bool = True, timeout: float | None = None, max_rows: int = 0) -> PreparedQuery:
        """A reading query, read and planned once, to be asked of this snapshot again and again; see `PreparedQuery`.

        Parameters
        ----------
        text : str
            openCypher.
        evidence : bool
            Whether rows know the words they rest on; a look-up without costs less.
        timeout : float, optional
            Seconds that each call may take.
        max_rows : int
            As of `Graph.query`.
        """
        return PreparedQuery(self._core, arguments.query(text), query_options(evidence, timeout, max_rows))

    def ask(self, name: str, /, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None, **named: Any) -> Answer:
        """Ask a question that has a name; see `Graph.ask`."""
        return Answer(_core.ask(self._core, arguments.text("name", name), merged(parameters, named), query_options(True, timeout, 0)))

    def explain(self, text: str, /, phase: str = "plan") -> str:
        """How a query is understood: ``"syntax"``, ``"bound"`` or ``"plan"``."""
        return _core.explain(self._core, arguments.text("the query", text), arguments.text("phase", phase)).rstrip("\n")

    def why_not(
        self,
        text: str,
        /,
        expected: Mapping[str, Any],
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
    ) -> _core.WhyNot:
        """Which clause lost a row one expected; see `Graph.why_not`."""
        given = arguments.mapping("expected", expected), arguments.mapping("parameters", parameters)
        return _core.why_not(self._core, arguments.text("the query", text), *given, query_options(False, timeout, 0))

    def verify(self) -> _core.VerifyResult:
        """Check every quote against its text; see `Graph.verify`."""
        return _core.verify(self._core)

    def audit(self) -> Audit:
        """What is wrong with what is known, or worth a look; see `Graph.audit`."""
        return Audit(self._core)

    def write_json(self, path: Path, *, texts: bool = True, lines: bool = False) -> None:
        """Write policygraph-json; see `Graph.write_json`."""
        _core.write_json(self._core, arguments.path("path", path), arguments.flag("texts", texts), arguments.flag("lines", lines))

    def write_graphml(self, path: Path) -> None:
        """Write GraphML; see `Graph.write_graphml`."""
        _core.write_graphml(self._core, arguments.path("path", path))

    def write_dot(self, path: Path) -> None:
        """Write DOT; see `Graph.write_dot`."""
        _core.write_dot(self._core, arguments.path("path", path))

    def write_page(self, path: Path, *, title: str = "Policy graph", max_nodes: int = 300) -> None:
        """Write the HTML page; see `Graph.write_page`."""
        _core.write_page(self._core, arguments.path("path", path), arguments.text("title", title), arguments.whole("max_nodes", max_nodes))

    def to_svg(self, *, title: str = "Policy graph", max_nodes: int = 300) -> str:
        """The picture of the graph as SVG."""
        return _core.to_svg(self._core, arguments.text("title", title), arguments.whole("max_nodes", max_nodes), False)

    def _drawn(self) -> _core.Snapshot:
        return self._core

    def __len__(self) -> int:
        return self.node_count

    def __bool__(self) -> bool:
        return True

    def __reduce__(self) -> tuple[Any, ...]:
        return (pickling.snapshot_of, (pickling.packed(self._core),))

    def __copy__(self) -> Snapshot:
        return self

    def __deepcopy__(self, memo: object) -> Snapshot:
        return self

    def _counts(self) -> list[tuple[str, int]]:
        return [("commit", self.commit), ("nodes", self.node_count), ("edges", self.edge_count), ("documents", len(self.documents))]

    def _repr_html_(self) -> str:
        return display_values.graph_html("Snapshot", self)

    def __repr__(self) -> str:
        return f"<Snapshot {self.commit}: {self.node_count} nodes, {self.edge_count} edges>"
