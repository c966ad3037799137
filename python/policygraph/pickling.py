"""Graphs and snapshots as bytes: the JSON that they are written as, compressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from . import _core

if TYPE_CHECKING:
    from .graph import Graph
    from .snapshot import Snapshot

Made = TypeVar("Made")


def _with_file(work: Callable[[str], Made]) -> Made:
    """Gives it the name of a file that is gone afterwards."""
    import os
    import tempfile  # which takes its time, and is seldom needed

    with tempfile.TemporaryDirectory() as folder:
        return work(os.path.join(folder, "graph.json"))


def packed(snapshot: _core.Snapshot) -> bytes:
    """All that the snapshot holds, texts included."""
    import zlib

    def write(path: str) -> bytes:
        _core.write_json(snapshot, path, True, False)
        with open(path, "rb") as file:
            return zlib.compress(file.read(), level=1)

    return _with_file(write)


def graph_of(data: bytes) -> Graph:
    """A graph in memory that holds it, under the same keys."""
    import zlib

    from .graph import Graph

    def read(path: str) -> _core.Graph:
        with open(path, "wb") as file:
            file.write(zlib.decompress(data))
        return _core.open_json(path)

    return Graph(_with_file(read))


def snapshot_of(data: bytes) -> Snapshot:
    """The snapshot of such a graph."""
    return graph_of(data).snapshot()
