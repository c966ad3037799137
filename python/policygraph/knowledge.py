"""What was known when: commits, what they changed, and graphs as they were."""

from __future__ import annotations

import datetime
from typing import Any, Literal, NamedTuple

from . import _core, arguments
from ._core import Node
from .snapshot import Snapshot

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


class Commit(NamedTuple):
    """A commit: its number, when it was made, and who wrote.

    Examples
    --------
    >>> import policygraph as pg
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder, pg.open(pathlib.Path(folder, "x.pgraph"), schema="open") as graph:
    ...     _ = graph.add_nodes({"name": ["Nukus"]}, label="City", author="by:anna")
    ...     [(commit.id, commit.author) for commit in graph.commits()]
    [(1, 'by:anna')]
    """

    id: int
    time: datetime.datetime
    author: str


class Claim(NamedTuple):
    """What was claimed: a node (its label is the name), a property, an edge, or a property of one.

    `subject` and `object` are keys of mentions; a node has the least key of its mentions.

    Examples
    --------
    >>> import policygraph as pg
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder, pg.open(pathlib.Path(folder, "x.pgraph"), schema="open") as graph:
    ...     _ = graph.add_nodes({"name": ["Nukus"]}, label="City")
    ...     [(event.claim.kind, event.claim.name, event.claim.value) for event in graph.history(1)]
    [('node', 'City', None), ('property', 'name', 'Nukus')]
    """

    id: int
    kind: str
    subject: int | None
    object: int | None
    edge: int | None
    name: str
    value: Any
    modality: str
    rank: str
    review: str
    confidence: float
    valid_from: _core.PartialDate
    valid_to: _core.PartialDate


class Event(NamedTuple):
    """A claim came with a commit, or was withdrawn by it.

    Examples
    --------
    >>> import policygraph as pg
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder, pg.open(pathlib.Path(folder, "x.pgraph"), schema="open") as graph:
    ...     _ = graph.add_nodes({"name": ["Nukus"]}, label="City")
    ...     _ = graph.query("MATCH (c:City) DETACH DELETE c")
    ...     [(event.commit.id, event.is_withdrawal) for event in graph.history(1) if event.claim.kind == "node"]
    [(1, False), (2, True)]
    """

    commit: Commit
    is_withdrawal: bool
    claim: Claim


class Change(NamedTuple):
    """How the claims about one thing differ: added, withdrawn, of another value, or on other evidence alone.

    Examples
    --------
    >>> import policygraph as pg
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder, pg.open(pathlib.Path(folder, "x.pgraph"), schema="open") as graph:
    ...     _ = graph.add_nodes({"name": ["Nukus"]}, label="City")
    ...     change = graph.diff(0)[0]
    ...     change.kind, change.before, change.after.name
    ('added', None, 'City')
    """

    kind: Literal["added", "withdrawn", "value", "evidence"]
    before: Claim | None
    after: Claim | None


def commit_of(record: tuple[int, int, str]) -> Commit:
    number, microseconds, author = record
    return Commit(number, _EPOCH + datetime.timedelta(microseconds=microseconds), author)


def microseconds_of(time: datetime.datetime) -> int:
    return (time.astimezone(datetime.timezone.utc) - _EPOCH) // datetime.timedelta(microseconds=1)


def claim_of(record: tuple[Any, ...] | None) -> Claim | None:
    return None if record is None else Claim(*record)


def diff(before: _core.Snapshot, after: _core.Snapshot) -> list[Change]:
    return [Change(kind, claim_of(old), claim_of(new)) for kind, old, new in _core.diff(before, after)]


def history(graph: _core.Graph, node: int) -> list[Event]:
    return [Event(commit_of(commit), gone, Claim(*claim)) for commit, gone, claim in _core.history(graph, node)]


class Known:
    """What a graph knew when, and what was true when: the part of `Graph` that looks back."""

    __slots__ = ()
    _core: _core.Graph

    def snapshot(self) -> Snapshot:
        """The newest committed state."""
        return Snapshot(self._core.snapshot())

    def as_of(self, date: arguments.DateLike, *, certainty: Literal["possibly", "definitely"] = "possibly") -> Snapshot:
        """A view of the newest state: only the edges that were valid on that date.

        Queries, questions, pages and measures work on it as on any snapshot. An edge that states no validity always is
        valid.

        Parameters
        ----------
        date : PartialDate, datetime.date or str
            A day, a month, a year ...: ``"2022-01-01"``, ``"2022"``.
        certainty : {"possibly", "definitely"}
            What of the stated dates suffices: some day they may mean, or all of them.

        Examples
        --------
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory()
        >>> graph.as_of("2022-01-01").ask("who_implements", programme="Clean Water").has_evidence
        False
        """
        return self.snapshot().as_of(date, certainty=certainty)

    def commits(self) -> list[Commit]:
        """The commits of a graph in a file, in order; one in memory has none to tell of.

        Examples
        --------
        >>> import policygraph as pg
        >>> pg.open_in_memory().commits()
        []
        """
        return [commit_of(record) for record in _core.commits(self._core)]

    def known_at(self, moment: int | datetime.datetime) -> Snapshot:
        """The graph as it was known after a commit (0 is the empty graph), or at a time. Of a graph in a file.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import policygraph as pg
        >>> with tempfile.TemporaryDirectory() as folder, pg.open(pathlib.Path(folder, "x.pgraph"), schema="open") as graph:
        ...     _ = graph.query("CREATE (:City {name: 'Nukus', people: 230006})")
        ...     _ = graph.query("MATCH (c:City) SET c.people = 312100")
        ...     graph.known_at(1).nodes("City")[0]["people"]
        ...     [(change.kind, change.before.value, change.after.value) for change in graph.diff(1, 2)]
        230006
        [('value', 230006, 312100)]
        """
        if isinstance(moment, datetime.datetime):
            return Snapshot(_core.known_at_time(self._core, microseconds_of(moment)))
        return Snapshot(_core.known_at(self._core, arguments.whole("moment", moment)))

    def diff(self, before: int | datetime.datetime, after: int | datetime.datetime | None = None) -> list[Change]:
        """How the claims known at two moments differ; without `after`, until now."""
        now = self.snapshot() if after is None else self.known_at(after)
        return diff(self.known_at(before)._core, now._core)

    def history(self, node: int | Node) -> list[Event]:
        """What was claimed of a node and of the edges at it, and when that was withdrawn. Of a graph in a file."""
        return history(self._core, arguments.node_key("node", node))
