"""Nodes and edges said piece by piece."""

from __future__ import annotations

from typing import Any, TypeVar

from . import _core, arguments
from .errors import InvalidArgumentError

Self = TypeVar("Self", bound="Draft")


class Draft:
    """A node or an edge in the making; nothing is written before `add`.

    Made by `Transaction.node` and `Transaction.edge`. Each call gives the draft back.

    Examples
    --------
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory()
    >>> with graph.begin("by:anna") as edit:
    ...     act = edit.node("Decree").set(jurisdiction="UZ", kind="decree", number="PF-1").add()
    ...     water = edit.node("Programme").set(name="Clean Water", kind="programme").add()
    ...     edge = edit.edge(act, "APPROVES", water).quote("The programme is approved.").modality("approved").add()
    >>> found = graph.snapshot().edge(edge)
    >>> found.modality, found.evidence[0].quote
    ('approved', 'The programme is approved.')
    """

    __slots__ = ("_added", "_cited", "_core", "_modality", "_properties", "_quote")

    def __init__(self, core: _core.Transaction) -> None:
        self._core = core
        self._properties: dict[str, Any] = {}
        self._quote = ""
        self._cited: list[tuple[int, str]] = []
        self._modality = "unknown"
        self._added = False

    def set(self: Self, **properties: Any) -> Self:
        """Give properties values; None says nothing."""
        self._properties.update(properties)
        return self

    def quote(self: Self, words: str) -> Self:
        """The words that stand as the quote of this edit, instead of the transaction's note."""
        self._quote = arguments.text("words", words)
        return self

    def cite(self: Self, document: int | _core.SourceDocument, words: str) -> Self:
        """Rest it also on words of a document, which must have them: the first place counts."""
        key = document.id if isinstance(document, _core.SourceDocument) else arguments.whole("document", document)
        self._cited.append((key, arguments.text("words", words)))
        return self

    def modality(self: Self, name: str) -> Self:
        """How far along it is: ``"planned"``, ``"approved"``, ``"completed"``, ..."""
        self._modality = arguments.text("name", name)
        return self

    def __repr__(self) -> str:
        state = "added" if self._added else "not added yet"
        return f"<{type(self).__name__} {self._what()}: {len(self._properties)} properties, {state}>"

    def _what(self) -> str:
        raise NotImplementedError

    def _begin(self) -> None:
        if self._added:
            raise InvalidArgumentError("the draft was added already; make another")


class NodeDraft(Draft):
    """A node in the making; made by `Transaction.node`, and what `Draft` has, it has.

    Examples
    --------
    >>> import policygraph as pg
    >>> with pg.open_in_memory().begin("by:anna") as edit:
    ...     draft = edit.node("Decree").label("LegalAct").set(jurisdiction="UZ", kind="decree", number="PF-1")
    ...     draft
    ...     draft.quote("Decree No. PF-1").add()
    <NodeDraft Decree:LegalAct: 3 properties, not added yet>
    1
    """

    __slots__ = ("_labels",)

    def __init__(self, core: _core.Transaction, labels: list[str]) -> None:
        super().__init__(core)
        self._labels = labels

    def _what(self) -> str:
        return ":".join(self._labels)

    def label(self, label: str) -> NodeDraft:
        """Give it a label more."""
        self._labels.append(arguments.text("label", label, may_be_empty=False))
        return self

    def add(self) -> int:
        """Write it; gives its key."""
        self._begin()
        key = self._core.add_node(self._labels, self._properties, self._quote, self._cited, self._modality)
        self._added = True
        return key


class EdgeDraft(Draft):
    """An edge in the making; made by `Transaction.edge`.

    Examples
    --------
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory("open")
    >>> one, other = graph.add_nodes({"name": ["Nukus", "Khiva"]}, label="City")
    >>> with graph.begin("by:anna") as edit:
    ...     road = edit.edge(one, "ROAD", other).set(km=177).valid("2019", "2024").add()
    >>> graph.as_of("2020").edge_count, graph.as_of("2018").edge_count
    (1, 0)
    """

    __slots__ = ("_from", "_source", "_target", "_to", "_type")

    def __init__(self, core: _core.Transaction, source: int | _core.Node, type: str, target: int | _core.Node) -> None:
        super().__init__(core)
        self._source = source
        self._type = type
        self._target = target
        self._from = _core.PartialDate("")
        self._to = _core.PartialDate("")

    def _what(self) -> str:
        return self._type

    def valid(self, start: arguments.DateLike = "", end: arguments.DateLike = "") -> EdgeDraft:
        """When it holds, by partial dates; an empty one is an open end."""
        self._from = arguments.partial_date("start", start)
        self._to = arguments.partial_date("end", end)
        return self

    def add(self) -> int:
        """Write it; gives its key."""
        self._begin()
        ends = (self._source, self._type, self._target)
        key = self._core.add_edge(*ends, self._properties, self._quote, self._cited, self._modality, self._from, self._to)
        self._added = True
        return key
