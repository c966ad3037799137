"""Graphs, snapshots and transactions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Any

from . import _core
from .recognizer import Recognizer
from .results import Answer, Results, merged

Path = str | os.PathLike[str]
Progress = Callable[[int, int, str], object]


def _options(evidence: bool, timeout: float | None, max_rows: int) -> _core.QueryOptions:
    return _core.QueryOptions(evidence, timeout or 0.0, max_rows)


class Snapshot:
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
        return self._core.text(document)

    def node(self, key: int) -> _core.Node | None:
        """The node of that key, or None."""
        return self._core.node(key)

    def edge(self, key: int) -> _core.Edge | None:
        """The edge of that key, or None."""
        return self._core.edge(key)

    def nodes(self, label: str = "") -> list[_core.Node]:
        """Nodes that have the label or one below it; all without one."""
        return self._core.nodes(label)

    def edges(self, type: str = "") -> list[_core.Edge]:
        """Edges of that type; all without one."""
        return self._core.edges(type)

    def find_name(self, label: str, name: str) -> list[_core.Node]:
        """Nodes of that label whose name folds to the same key."""
        return self._core.find_name(label, name)

    def query(
        self,
        text: str,
        /,
        parameters: Mapping[str, Any] | None = None,
        *,
        evidence: bool = True,
        timeout: float | None = None,
        max_rows: int = 0,
        **named: Any,
    ) -> Results:
        """Answer a reading query; see `Graph.query`."""
        rows = _core.query_snapshot(self._core, text, merged(parameters, named), _options(evidence, timeout, max_rows))
        return Results(rows)

    def ask(self, name: str, /, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None, **named: Any) -> Answer:
        """Ask a question that has a name; see `Graph.ask`."""
        return Answer(_core.ask(self._core, name, merged(parameters, named), _options(True, timeout, 0)))

    def explain(self, text: str, /, phase: str = "plan") -> str:
        """How a query is understood: ``"syntax"``, ``"bound"`` or ``"plan"``."""
        return _core.explain(self._core, text, phase).rstrip("\n")

    def verify(self) -> _core.VerifyResult:
        """Check every quote against its text; see `Graph.verify`."""
        return _core.verify(self._core)

    def write_json(self, path: Path, *, texts: bool = True, lines: bool = False) -> None:
        """Write policygraph-json; see `Graph.write_json`."""
        _core.write_json(self._core, os.fspath(path), texts, lines)

    def write_page(self, path: Path, *, title: str = "Policy graph", max_nodes: int = 300) -> None:
        """Write the HTML page; see `Graph.write_page`."""
        _core.write_page(self._core, os.fspath(path), title, max_nodes)

    def to_svg(self, *, title: str = "Policy graph", max_nodes: int = 300) -> str:
        """The picture of the graph as SVG."""
        return _core.to_svg(self._core, title, max_nodes)

    def __len__(self) -> int:
        return self.node_count

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return f"<Snapshot {self.commit}: {self.node_count} nodes, {self.edge_count} edges>"


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
        return Results(self._core.query(text, merged(parameters, named), _options(evidence, timeout, 0)))

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


class Graph:
    """The handle that lasts: documents in, answers with their sources out.

    Made by `open_in_memory` and `read_json`. Any thread may use it; one writes at a time.

    Examples
    --------
    >>> import policygraph as pg
    >>> with pg.open_in_memory() as graph:
    ...     _ = graph.query("CREATE (:Decree {jurisdiction: 'GB', kind: 'decree', number: $number})", number="7")
    ...     graph.query("MATCH (a:LegalAct) RETURN a.number AS number").to_dicts()
    [{'number': '7'}]
    """

    __slots__ = ("_core",)

    def __init__(self, core: _core.Graph) -> None:
        self._core = core

    @property
    def schema(self) -> str:
        """The schema's name: ``"policy"`` or ``"open"``."""
        return self._core.schema

    def ingest(
        self,
        *paths: Path,
        threads: int = 0,
        progress: Progress | None = None,
        recognizers: Iterable[Recognizer] = (),
    ) -> _core.IngestResult:
        """Read documents and folders, in one commit.

        Parameters
        ----------
        *paths : str or os.PathLike
            Text and HTML files, and folders of them.
        threads : int
            0: as many as there are cores. The result is the same for any.
        progress : callable, optional
            Called with the number done, the number in all, and the path just read.
        recognizers : iterable of Recognizer
            Run after the library's own.

        Returns
        -------
        IngestResult
            Counts, and diagnostics: trouble with one document does not stop the others.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import policygraph as pg
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "note.txt")
        ...     _ = path.write_text("Presidential Decree No. PF-6079 dated October 5, 2020 was signed.")
        ...     graph = pg.open_in_memory()
        ...     graph.ingest(path).documents
        1
        >>> row = graph.query("MATCH (a:LegalAct) RETURN a.number").one()
        >>> row[0], row.evidence[0].line
        ('PF-6079', 1)
        """
        names = [os.fspath(path) for path in paths]
        return _core.ingest(self._core, names, threads, progress, list(recognizers))

    def query(
        self,
        text: str,
        /,
        parameters: Mapping[str, Any] | None = None,
        *,
        evidence: bool = True,
        timeout: float | None = None,
        max_rows: int = 0,
        **named: Any,
    ) -> Results:
        """Answer a Cypher query, or write with one.

        Parameters
        ----------
        text : str
            openCypher.
        parameters : mapping, optional
            Values for ``$names``; they may as well be given as keywords.
        evidence : bool
            Whether rows know the words they rest on.
        timeout : float, optional
            Seconds, after which `LimitError` is raised.
        max_rows : int
            More rows raise `LimitError`; 0: no bound.

        Examples
        --------
        >>> import policygraph as pg
        >>> pg.open_in_memory().query("RETURN $a + 1 AS b", a=1).to_dicts()
        [{'b': 2}]
        """
        rows = _core.query(self._core, text, merged(parameters, named), _options(evidence, timeout, max_rows))
        return Results(rows)

    def ask(self, name: str, /, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None, **named: Any) -> Answer:
        """Ask a question that has a name (`questions` lists them).

        Examples
        --------
        >>> import policygraph as pg
        >>> bool(pg.open_in_memory().ask("who_implements", programme="Clean Water"))
        False
        """
        return self.snapshot().ask(name, parameters, timeout=timeout, **named)

    def explain(self, text: str, /, phase: str = "plan") -> str:
        """How a query is understood.

        Examples
        --------
        >>> import policygraph as pg
        >>> print(pg.open_in_memory().explain("RETURN 1 AS one", "syntax"))
        RETURN 1 AS one
        """
        return self.snapshot().explain(text, phase)

    def verify(self) -> _core.VerifyResult:
        """Check that every quote stands where it says, and that every node and edge has evidence.

        Examples
        --------
        >>> import policygraph as pg
        >>> pg.open_in_memory().verify().is_sound
        True
        """
        return self.snapshot().verify()

    def snapshot(self) -> Snapshot:
        """The newest committed state."""
        return Snapshot(self._core.snapshot())

    def begin(self, author: str = "by:hand", *, timeout: float = 5.0) -> Transaction:
        """Start to write by hand; waits up to `timeout` seconds for another writer, then `BusyError`."""
        return Transaction(_core.begin(self._core, author, timeout))

    def read_json(self, path: Path) -> _core.ReadJsonResult:
        """Add what a policygraph-json file holds, in one commit."""
        return _core.read_json(self._core, os.fspath(path))

    def write_json(self, path: Path, *, texts: bool = True, lines: bool = False) -> None:
        """Write policygraph-json, whole or not at all.

        Parameters
        ----------
        path : str or os.PathLike
            The file.
        texts : bool
            False: without the documents' texts; quotes cannot be verified then.
        lines : bool
            JSON Lines, a record a line.
        """
        self.snapshot().write_json(path, texts=texts, lines=lines)

    def write_page(self, path: Path, *, title: str = "Policy graph", max_nodes: int = 300) -> None:
        """Write one self-contained HTML page: a picture, and tables whose rows open to their quotes."""
        self.snapshot().write_page(path, title=title, max_nodes=max_nodes)

    def close(self) -> None:
        """End its use; snapshots that are held stay good."""
        self._core.close()

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        if not self._core.is_open:
            return "<Graph: closed>"
        now = self.snapshot()
        return f"<Graph: {now.node_count} nodes, {now.edge_count} edges, {len(now.documents)} documents; schema {self.schema}>"


def open_in_memory(schema: str = "policy") -> Graph:
    """An empty graph that lives in memory.

    Parameters
    ----------
    schema : {"policy", "open"}
        What may be said: the policy schema, or anything.

    Examples
    --------
    >>> import policygraph as pg
    >>> pg.open_in_memory()
    <Graph: 0 nodes, 0 edges, 0 documents; schema policy>
    """
    return Graph(_core.open_in_memory(schema))


def read_json(path: Path) -> Graph:
    """A new graph in memory from a policygraph-json file.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory("open")
    >>> _ = graph.query("CREATE (:City {name: 'Nukus'})")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "graph.json")
    ...     graph.write_json(path)
    ...     pg.read_json(path).snapshot().nodes("City")[0]["name"]
    'Nukus'
    """
    return Graph(_core.open_json(os.fspath(path)))


def questions() -> list[_core.Question]:
    """The questions that have a name.

    Examples
    --------
    >>> import policygraph as pg
    >>> "acts_that_fund" in [question.name for question in pg.questions()]
    True
    """
    return _core.questions()
