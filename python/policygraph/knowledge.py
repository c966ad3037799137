"""What was known when: commits, what they changed, and graphs as they were."""

from __future__ import annotations

import datetime
from typing import Any, Literal, NamedTuple

from . import _core

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


class Commit(NamedTuple):
    """A commit: when it was made, and who wrote."""

    id: int
    time: datetime.datetime
    author: str


class Claim(NamedTuple):
    """What was claimed: a node (its label is the name), a property, an edge, or a property of one.

    `subject` and `object` are keys of mentions; a node has the least key of its mentions.
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
    """A claim came with a commit, or was withdrawn by it."""

    commit: Commit
    is_withdrawal: bool
    claim: Claim


class Change(NamedTuple):
    """How the claims about one thing differ: added, withdrawn, of another value, or on other evidence alone."""

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
