"""Transactions: one writer's changes, made together or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any

from . import _core, arguments, log
from .draft import EdgeDraft, NodeDraft
from .errors import InvalidArgumentError
from .results import Results, merged
from .snapshot import Snapshot, query_options
from .table import table_of


class Transaction:
    """One writer's batch by hand; leaving the ``with`` block commits it, an exception drops it.

    What is said is evidence itself: the edit is the document, its `note` the quote.

    Examples
    --------
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory()
    >>> with graph.begin("by:anna") as transaction:
    ...     act = transaction.create_node("Decree", jurisdiction="UZ", kind="decree", number="PF-1")
    ...     programme = transaction.create_node("Programme", name="Clean Water", kind="programme")
    ...     edge = transaction.create_edge(act, "APPROVES", programme)
    >>> graph.query("MATCH (:LegalAct)-[:APPROVES]->(p) RETURN p.name").scalar()
    'Clean Water'
    """

    __slots__ = ("_core",)

    def __init__(self, core: _core.Transaction) -> None:
        self._core = core

    def create_node(self, labels: str | Iterable[str], /, parameters: Mapping[str, Any] | None = None, **properties: Any) -> int:
        """A new node; gives its key."""
        return self._core.create_node(arguments.texts("labels", labels), merged(parameters, properties))

    def create_edge(
        self,
        source: int | _core.Node,
        type: str,
        target: int | _core.Node,
        /,
        parameters: Mapping[str, Any] | None = None,
        **properties: Any,
    ) -> int:
        """A new edge between two nodes or keys; gives its key."""
        ends = arguments.node("source", source), arguments.text("type", type), arguments.node("target", target)
        return self._core.create_edge(*ends, merged(parameters, properties))

    def add_nodes(self, data: Any, *, label: str | Iterable[str], key: str | Iterable[str] = ()) -> list[int]:
        """A node for each row of a table; see `Graph.add_nodes`."""
        names = arguments.texts("label", label), arguments.texts("key", key)
        return _core.add_nodes(self._core, table_of(data), *names)

    def add_edges(
        self,
        data: Any,
        *,
        type: str,
        source: str = "source",
        target: str = "target",
        source_by: tuple[str, str] | None = None,
        target_by: tuple[str, str] | None = None,
    ) -> list[int]:
        """An edge for each row of a table; see `Graph.add_edges`."""
        one = (arguments.text("source", source), *_named_by("source_by", source_by))
        other = (arguments.text("target", target), *_named_by("target_by", target_by))
        return _core.add_edges(self._core, table_of(data), arguments.text("type", type), one, other)

    def read_nodes_csv(
        self,
        path: arguments.Path,
        *,
        label: str | Iterable[str],
        key: str | Iterable[str] = (),
        id: str = "",
        types: Mapping[str, str] | None = None,
        left_out: str | Iterable[str] = (),
        delimiter: str = "",
        cite_rows: bool = True,
    ) -> _core.CsvCounts:
        """A node for each row of a CSV file; see `Graph.read_nodes_csv`."""
        labels, keys = arguments.texts("label", label), arguments.texts("key", key)
        options = _csv_options(types, left_out, delimiter, cite_rows)
        return _core.read_nodes_csv(self._core, arguments.path("path", path), labels, keys, arguments.text("id", id), *options)

    def read_edges_csv(
        self,
        path: arguments.Path,
        *,
        type: str,
        source: str = "source",
        target: str = "target",
        source_by: tuple[str, str] | None = None,
        target_by: tuple[str, str] | None = None,
        types: Mapping[str, str] | None = None,
        left_out: str | Iterable[str] = (),
        delimiter: str = "",
        cite_rows: bool = True,
    ) -> _core.CsvCounts:
        """An edge for each row of a CSV file; see `Graph.read_edges_csv`."""
        one = (arguments.text("source", source), *_named_by("source_by", source_by))
        other = (arguments.text("target", target), *_named_by("target_by", target_by))
        options = _csv_options(types, left_out, delimiter, cite_rows)
        return _core.read_edges_csv(self._core, arguments.path("path", path), arguments.text("type", type), one, other, *options)

    def node(self, *labels: str) -> NodeDraft:
        """A node to be said piece by piece: ``edit.node("Decree").set(number="PF-1").add()``."""
        return NodeDraft(self._core, arguments.texts("labels", labels))

    def edge(self, source: int | _core.Node, type: str, target: int | _core.Node) -> EdgeDraft:
        """An edge to be said piece by piece; see `node`."""
        return EdgeDraft(self._core, arguments.node("source", source), arguments.text("type", type), arguments.node("target", target))

    def set_property(self, node: int | _core.Node, name: str, value: Any) -> None:
        """Give a node's property a value; None takes it away."""
        self._core.set_property(arguments.node("node", node), arguments.text("name", name), value)

    def set_edge_property(self, edge: int | _core.Edge, name: str, value: Any) -> None:
        """Give an edge's property a value; None takes it away."""
        self._core.set_edge_property(arguments.edge_key("edge", edge), arguments.text("name", name), value)

    def add_label(self, node: int | _core.Node, label: str) -> None:
        """Give a node a label more."""
        self._core.add_label(arguments.node("node", node), arguments.text("label", label, may_be_empty=False))

    def remove_label(self, node: int | _core.Node, label: str) -> None:
        """Take a label away."""
        self._core.remove_label(arguments.node("node", node), arguments.text("label", label))

    def delete_node(self, node: int | _core.Node, *, detach: bool = False) -> None:
        """Reject a node's claims; a later reading does not bring it back. With `detach`, its edges too."""
        self._core.delete_node(arguments.node("node", node), arguments.flag("detach", detach))

    def delete_edge(self, edge: int | _core.Edge) -> None:
        """Reject an edge's claims."""
        self._core.delete_edge(arguments.edge_key("edge", edge))

    def merge(self, a: int | _core.Node, b: int | _core.Node, reason: str) -> int:
        """Say that two nodes are one thing; gives the judgement's number."""
        return self._core.merge(arguments.node("a", a), arguments.node("b", b), arguments.text("reason", reason))

    def separate(self, a: int | _core.Node, b: int | _core.Node, reason: str) -> int:
        """Say that two are different things, and keep them apart."""
        return self._core.separate(arguments.node("a", a), arguments.node("b", b), arguments.text("reason", reason))

    def remove_document(self, document: str | int) -> None:
        """Take a document out, by the address it was read from or by its number; what rested on it alone is withdrawn.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import policygraph as pg
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "note.txt")
        ...     _ = path.write_text("Decree No. PF-6079 dated October 5, 2020 was signed.")
        ...     graph = pg.open_in_memory()
        ...     _ = graph.ingest(path)
        >>> with graph.begin("by:anna") as transaction:
        ...     transaction.remove_document(str(path))
        >>> graph.snapshot().node_count
        0
        """
        self._core.remove_document(document if isinstance(document, int) else arguments.text("document", document))

    def set_note(self, note: str) -> None:
        """The words that stand as this edit's quote."""
        self._core.set_note(arguments.text("note", note))

    def query(
        self, text: str, /, parameters: Mapping[str, Any] | None = None, *, evidence: bool = True, timeout: float | None = None, **named: Any
    ) -> Results:
        """Query within the transaction: it sees its own writes."""
        options = query_options(evidence, timeout, 0)
        return Results(self._core.query(arguments.text("the query", text), merged(parameters, named), options))

    def snapshot(self) -> Snapshot:
        """The state it began on, with its own writes so far."""
        return Snapshot(self._core.snapshot())

    def commit(self) -> int:
        """Publish; gives the commit's number."""
        number = self._core.commit()
        log.info("commit %d", number)
        return number

    def rollback(self) -> None:
        """Drop all that was said."""
        self._core.rollback()

    def __enter__(self) -> Transaction:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        if self._core.is_over:
            return
        if kind is None:
            self.commit()
        else:
            self.rollback()

    def __repr__(self) -> str:
        return f"<Transaction: {'over' if self._core.is_over else 'open'}>"


def _named_by(what: str, by: Any) -> tuple[str, str]:
    if by is None:
        return "", ""
    if not isinstance(by, (tuple, list)) or len(by) != 2 or not all(isinstance(part, str) and part for part in by):
        raise InvalidArgumentError(f"{what} is {by!r}; it is a label and a property, as ('City', 'name')")
    return arguments.text(what, by[0]), arguments.text(what, by[1])


def _csv_options(
    types: Mapping[str, str] | None, left_out: str | Iterable[str], delimiter: str, cite_rows: bool
) -> tuple[dict[str, str], list[str], str, bool]:
    said = {arguments.text("types", name): arguments.text("types", one) for name, one in arguments.mapping("types", types).items()}
    names = arguments.texts("left_out", left_out)
    return said, names, arguments.text("delimiter", delimiter), arguments.flag("cite_rows", cite_rows)
