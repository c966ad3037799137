"""Transactions: one writer's changes, made together or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any

from . import _core
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
        names = [labels] if isinstance(labels, str) else list(labels)
        return self._core.create_node(names, merged(parameters, properties))

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
        return self._core.create_edge(source, type, target, merged(parameters, properties))

    def add_nodes(self, data: Any, *, label: str | Iterable[str], key: str | Iterable[str] = ()) -> list[int]:
        """A node for each row of a table; see `Graph.add_nodes`."""
        labels = [label] if isinstance(label, str) else list(label)
        keys = [key] if isinstance(key, str) else list(key)
        return _core.add_nodes(self._core, table_of(data), labels, keys)

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
        for name, by in (("source_by", source_by), ("target_by", target_by)):
            if by is not None and (isinstance(by, str) or len(by) != 2):
                raise InvalidArgumentError(f"{name} is {by!r}; it is a label and a property, as ('City', 'name')")
        ends = ((source, *(source_by or ("", ""))), (target, *(target_by or ("", ""))))
        return _core.add_edges(self._core, table_of(data), type, *ends)

    def node(self, *labels: str) -> NodeDraft:
        """A node to be said piece by piece: ``edit.node("Decree").set(number="PF-1").add()``."""
        return NodeDraft(self._core, list(labels))

    def edge(self, source: int | _core.Node, type: str, target: int | _core.Node) -> EdgeDraft:
        """An edge to be said piece by piece; see `node`."""
        return EdgeDraft(self._core, source, type, target)

    def set_property(self, node: int | _core.Node, name: str, value: Any) -> None:
        """Give a node's property a value; None takes it away."""
        self._core.set_property(node, name, value)

    def set_edge_property(self, edge: int | _core.Edge, name: str, value: Any) -> None:
        """Give an edge's property a value; None takes it away."""
        self._core.set_edge_property(_key(edge), name, value)

    def add_label(self, node: int | _core.Node, label: str) -> None:
        """Give a node a label more."""
        self._core.add_label(node, label)

    def remove_label(self, node: int | _core.Node, label: str) -> None:
        """Take a label away."""
        self._core.remove_label(node, label)

    def delete_node(self, node: int | _core.Node, *, detach: bool = False) -> None:
        """Reject a node's claims; a later reading does not bring it back. With `detach`, its edges too."""
        self._core.delete_node(node, detach)

    def delete_edge(self, edge: int | _core.Edge) -> None:
        """Reject an edge's claims."""
        self._core.delete_edge(_key(edge))

    def merge(self, a: int | _core.Node, b: int | _core.Node, reason: str) -> int:
        """Say that two nodes are one thing; gives the judgement's number."""
        return self._core.merge(a, b, reason)

    def separate(self, a: int | _core.Node, b: int | _core.Node, reason: str) -> int:
        """Say that two are different things, and keep them apart."""
        return self._core.separate(a, b, reason)

    def set_note(self, note: str) -> None:
        """The words that stand as this edit's quote."""
        self._core.set_note(note)

    def query(
        self, text: str, /, parameters: Mapping[str, Any] | None = None, *, evidence: bool = True, timeout: float | None = None, **named: Any
    ) -> Results:
        """Query within the transaction: it sees its own writes."""
        return Results(self._core.query(text, merged(parameters, named), query_options(evidence, timeout, 0)))

    def snapshot(self) -> Snapshot:
        """The state it began on, with its own writes so far."""
        return Snapshot(self._core.snapshot())

    def commit(self) -> int:
        """Publish; gives the commit's number."""
        return self._core.commit()

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


def _key(edge: int | _core.Edge) -> int:
    return edge if isinstance(edge, int) else edge.key
