"""Graphs: what lasts, gives snapshots and takes transactions."""

from __future__ import annotations

import datetime
import time
import weakref
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any

from . import _core, arguments, display_values, log, pickling
from .answer import Answer
from .arguments import Path
from .audit import Audit
from .commit_group import CommitGroup
from .filling import Filled
from .knowledge import Known
from .progress import Bar, Progress, bar_of
from .recognizer import Recognizer
from .results import Results, merged
from .review import Review
from .snapshot import ExchangeRate, ProcedureBody, query_options
from .view import Charted

class Graph(Known, Filled, Charted):
    """The handle that lasts: documents in, answers with their sources out.

    Made by `open`, `open_in_memory` and `read_json`. Any thread may use it; one writes at a time.

    Examples
    --------
    >>> import policygraph as pg
    >>> with pg.open_in_memory() as graph:
    ...     _ = graph.query("CREATE (:Decree {jurisdiction: 'GB', kind: 'decree', number: $number})", number="7")
    ...     graph.query("MATCH (a:LegalAct) RETURN a.number AS number").to_dicts()
    [{'number': '7'}]
    """

    __slots__ = ("_core", "_groups")

    def __init__(self, core: _core.Graph) -> None:
        self._core = core
        self._groups: weakref.WeakSet[CommitGroup] = weakref.WeakSet()

    @property
    def schema(self) -> str:
        """The schema's name: ``"policy"`` or ``"open"``."""
        return self._core.schema

    def describe_schema(self, format: str = "markdown") -> str:
        """What may be said, as ``"markdown"``, as a picture (``"svg"``) or as a schema file (``"json"``).

        Examples
        --------
        >>> import policygraph as pg
        >>> pg.open_in_memory().describe_schema().splitlines()[0]
        '# The policy schema'
        """
        return _core.describe_schema(self._core, arguments.text("format", format))

    def ingest(
        self,
        *paths: Path,
        threads: int = 0,
        progress: Progress | bool | None = None,
        recognizers: Iterable[Recognizer] = (),
        max_mentions: int = 1_000_000,
        commit_every: int = 0,
    ) -> _core.IngestResult:
        """Read documents and folders, in one commit or in steps.

        Parameters
        ----------
        *paths : str or os.PathLike
            Text, HTML, PDF, DOCX, MHTML and WARC files, and folders of them.
        threads : int
            0: as many as there are cores. The result is the same for any.
        progress : callable or bool, optional
            Called with the number done, the number in all, and the path just read. True: a bar, in a pipe a line now and then;
            False: nothing. Without it a bar where a person looks (a terminal, a notebook) and it takes longer than a second.
        recognizers : iterable of Recognizer
            Run after the library's own. A document of more than 8 MiB comes in parts, each a text of its own.
        max_mentions : int
            Mentions kept of one document; 0: all. What lies behind them is not read for facts, and a diagnostic says from
            where on.
        commit_every : int
            Commit after so many documents, in order of path, so that memory holds no more texts than those, and who is
            interrupted or killed and calls again goes on behind the last commit. Identity is then judged at each commit by
            what is there. 0: one commit.

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
        names = [arguments.path("a path", path) for path in paths]
        bounds = arguments.whole("threads", threads, most=1024), arguments.whole("max_mentions", max_mentions)
        step = arguments.whole("commit_every", commit_every)
        bar = bar_of(progress)
        start = time.perf_counter()
        try:
            result = _core.ingest(self._core, names, bounds[0], bar, list(recognizers), bounds[1], step)
        finally:
            if isinstance(bar, Bar):
                bar.finish()
        log.info("read %d documents, %d of them unchanged, in %.1f s", result.documents, result.unchanged, time.perf_counter() - start)
        log.diagnostics(result.diagnostics)
        return result

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
            Seconds, after which `LimitError` is raised; 0 is none. The evidence of groups is gathered when a row is asked
            for it, beyond that time.
        max_rows : int
            More rows raise `LimitError`; 0: no bound.
        procedures : mapping, optional
            What ``CALL`` may call beside ``names.similar``, ``text.search`` and the others of docs/search.md: functions
            by their signature. Each takes the arguments and gives rows, tuples with a value for each result.
        now : datetime.datetime, optional
            The time that ``date()``, ``datetime()`` and the other clocks show, in UTC where it names no zone; without it
            one reading of the system's clock.
        rates : iterable of ExchangeRate, optional
            What ``CALL money.convert(amount, currency, to, on)`` converts by; it says which rate of what day and source
            it took.

        Examples
        --------
        >>> import policygraph as pg
        >>> pg.open_in_memory().query("RETURN $a + 1 AS b", a=1).to_dicts()
        [{'b': 2}]
        >>> rates = {"rate.of(currency :: STRING) :: (rate :: FLOAT)": lambda currency: [({"EUR": 1.1}[currency],)]}
        >>> pg.open_in_memory().query("CALL rate.of('EUR')", procedures=rates).to_dicts()
        [{'rate': 1.1}]
        >>> import datetime
        >>> pg.open_in_memory().query("RETURN date() AS today", now=datetime.datetime(2024, 5, 6)).scalar()
        datetime.date(2024, 5, 6)
        """
        options = query_options(evidence, timeout, max_rows, procedures, now, rates)
        start = time.perf_counter()
        rows = _core.query(self._core, arguments.query(text), merged(parameters, named), options)
        log.queried(text, rows, start)
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

    def why_not(
        self,
        text: str,
        /,
        expected: Mapping[str, Any],
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
    ) -> _core.WhyNot:
        """Which clause or condition of a reading query lost a row that one expected.

        Parameters
        ----------
        text : str
            The query.
        expected : mapping
            Values by the name of a column or a variable.
        parameters : mapping, optional
            Values for ``$names``.
        timeout : float, optional
            Seconds for each of the queries it takes.

        Examples
        --------
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> _ = graph.query("CREATE (:Act {number: 'PF-1', year: 2020})")
        >>> graph.why_not("MATCH (a:Act) WHERE a.year > 2021 RETURN a.number AS act", {"act": "PF-1"}).text
        "no row fits after 'a.year > 2021'; 1 did before it"
        """
        return self.snapshot().why_not(text, expected, parameters, timeout=timeout)

    def verify(self) -> _core.VerifyResult:
        """Check that every quote stands where it says, and that every node and edge has evidence.

        Examples
        --------
        >>> import policygraph as pg
        >>> pg.open_in_memory().verify().is_sound
        True
        """
        return self.snapshot().verify()

    def audit(self) -> Audit:
        """What is wrong with what is known, or worth a look: acts cited with conflicting kinds, numbers and dates, sums that do not add up,
        reference marks that lead nowhere, values on which sources of one standing differ.

        Examples
        --------
        >>> import policygraph as pg
        >>> pg.open_in_memory().audit()
        <Audit: 0 findings>
        """
        return self.snapshot().audit()

    def review(self, *, least: float = 0.7, limit: int = 0) -> Review:
        """Pairs of nodes that may be one thing and were not merged, for a person to decide.

        Parameters
        ----------
        least : float
            The lowest score that is shown.
        limit : int
            0: all.
        """
        return Review(self, self._core.snapshot(), arguments.real("least", least), arguments.whole("limit", limit))

    def read_json(self, path: Path) -> _core.ReadJsonResult:
        """Add what a policygraph-json file holds, in one commit."""
        return _core.read_json(self._core, arguments.path("path", path))

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

    def write_graphml(self, path: Path) -> None:
        """Write GraphML, whole or not at all: for Gephi, yEd, Cytoscape, igraph, and ``networkx.read_graphml``.

        Nodes have ``label`` (their caption), ``labels``, ``modality`` and their properties; edges ``label`` (their type),
        ``modality``, ``valid_from``, ``valid_to`` and theirs. Quotes are not in it.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> _ = graph.add_nodes({"name": ["Nukus"]}, label="City")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "graph.graphml")
        ...     graph.write_graphml(path)
        ...     '<data key="a3">Nukus</data>' in path.read_text()
        True
        """
        self.snapshot().write_graphml(path)

    def write_dot(self, path: Path) -> None:
        """Write the DOT language of Graphviz, whole or not at all: captions, labels and types, no properties."""
        self.snapshot().write_dot(path)

    def write_page(self, path: Path, *, title: str = "Policy graph", max_nodes: int = 300) -> None:
        """Write one self-contained HTML page: a picture, and tables whose rows open to their quotes."""
        self.snapshot().write_page(path, title=title, max_nodes=max_nodes)

    def to_svg(self, *, title: str = "Policy graph", max_nodes: int = 300) -> str:
        """The picture of the graph as SVG."""
        return self.snapshot().to_svg(title=title, max_nodes=max_nodes)

    def _drawn(self) -> _core.Snapshot:
        return self._core.snapshot()

    def compact(self) -> None:
        """Derive the newest state anew, before long reading; what is read stays the same. Commits do it in time."""
        self._core.compact()

    def close(self) -> None:
        """End its use; snapshots that are held stay good. It may be closed again; other use raises `ClosedError`.

        What waits in its commit groups is made to last first; where that fails, the graph stays open and the error is raised.
        """
        while self._groups:
            self._groups.pop().flush()
        self._core.close()

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled and deeply copied, it is a graph in memory of what it holds now; what it held before stays behind."""
        return (pickling.graph_of, (pickling.packed(self._core.snapshot()),))

    def __copy__(self) -> Graph:
        return self

    def _repr_html_(self) -> str:
        if not self._core.is_open:
            return "<p>a graph that is closed</p>"
        return display_values.graph_html("Graph", self.snapshot())

    def __repr__(self) -> str:
        if not self._core.is_open:
            return "<Graph: closed>"
        now = self.snapshot()
        return f"<Graph: {now.node_count} nodes, {now.edge_count} edges, {len(now.documents)} documents; schema {self.schema}>"
