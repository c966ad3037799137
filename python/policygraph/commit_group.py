"""Commits that are made to last many at a time."""

from __future__ import annotations

from types import TracebackType

from . import _core, arguments
from .transaction import Transaction


class CommitGroup:
    """A stream of small writes, from `Graph.commit_group`: each is a commit of its own, many last by one write to the disk.

    `Transaction.commit` in a group returns before its commit lasts. It lasts when `flush` has returned, when the ``with`` block is
    left, or when `waiting` was 0 after it. Until then nobody but the group's own transactions sees it, and a crash loses it: tell the
    sender of a message that it is kept after that only. Where the disk cannot be written to, all that waits is gone, and the error
    says how many commits that are.

    Examples
    --------
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory("open")
    >>> with graph.commit_group() as group:
    ...     for name in ("Nukus", "Khiva", "Bukhara"):
    ...         with group.begin("by:feed") as edit:
    ...             _ = edit.create_node("City", name=name)
    ...     group.waiting, len(graph.snapshot().nodes("City"))
    (3, 0)
    >>> len(graph.snapshot().nodes("City"))
    3
    """

    __slots__ = ("__weakref__", "_core")

    def __init__(self, core: _core.CommitGroup) -> None:
        self._core = core

    def begin(self, author: str = "by:hand") -> Transaction:
        """Start the next commit; it sees those that wait. `BusyError` while another of the group is open."""
        return Transaction(self._core.begin(arguments.text("author", author, may_be_empty=False)))

    def flush(self) -> None:
        """Make last what waits, and let others write."""
        self._core.flush()

    @property
    def waiting(self) -> int:
        """How many commits do not last yet."""
        return self._core.waiting

    def __enter__(self) -> CommitGroup:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.flush()

    def __repr__(self) -> str:
        return f"<CommitGroup: {self.waiting} commits wait>"
