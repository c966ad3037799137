"""Where graphs come from: files, memory, JSON; and what is done to a file as a whole."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from . import _core, arguments, log
from .arguments import Path
from .errors import ArgumentTypeError
from .graph import Graph

SchemaLike = str | os.PathLike[str] | Mapping[str, Any]


def _extension(schema: SchemaLike) -> dict[str, str]:
    """The schema files that `schema` stands for; none where it is a name."""
    if isinstance(schema, Mapping):
        return {"schema": json.dumps(schema)}
    if not isinstance(schema, (str, os.PathLike)):
        raise ArgumentTypeError(f"schema is of the type {type(schema).__name__}; it is a name, a path or a mapping")
    if schema in ("policy", "open") or (isinstance(schema, str) and not os.path.exists(schema)):
        return {}
    return _core.read_schema_files(arguments.path("schema", schema))


def open(
    path: Path,
    *,
    schema: SchemaLike | None = None,
    read_only: bool = False,
    create: bool = True,
    share_for_news: float = 0.1,
) -> Graph:
    """A graph in a file, made where there is none.

    Every commit lasts when it returns. Other processes may have the file open too: one writes at a time, and each sees
    what the others committed.

    Parameters
    ----------
    path : str or os.PathLike
        ``x.pgraph``: an SQLite database, with ``x.pgraph-wal`` and ``-shm`` beside it while it is open.
    schema : {"policy", "open"}, path or mapping, optional
        Of a new file, as `open_in_memory` takes it; else the policy schema. Of an old file it must be the same.
    read_only : bool
        Needs the right to read alone.
    create : bool
        False: `NotFoundError` where there is no file.
    share_for_news : float
        Of the time of whoever reads here, the share that what other processes commit may take at most, above 0 and up to 1. What
        comes now and then is in the next snapshot; beside a process that commits without a pause a snapshot is behind it by some
        nine times what its news took to derive, milliseconds mostly. 1: every snapshot is the newest, whatever it costs.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import policygraph as pg
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "cities.pgraph")
    ...     with pg.open(path, schema="open") as graph:
    ...         _ = graph.query("CREATE (:City {name: 'Nukus'})")
    ...     with pg.open(path, read_only=True) as graph:
    ...         graph.snapshot().nodes("City")[0]["name"]
    'Nukus'
    """
    files = {} if schema is None else _extension(schema)
    name = None if schema is None or files else str(schema)
    how = arguments.flag("read_only", read_only), arguments.flag("create", create)
    share = arguments.real("share_for_news", share_for_news)
    graph = Graph(_core.open(arguments.path("path", path), name, files, *how, share))
    log.info("opened %s", path)
    return graph


def check_file(path: Path) -> _core.CheckReport:
    """Compare every commit and every text of a .pgraph file with its digest, and look for rows missing or too many.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import policygraph as pg
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "cities.pgraph")
    ...     pg.open(path).close()
    ...     pg.check_file(path)
    <CheckReport: 0 commits, 0 texts, 0 problems>
    """
    return _core.check_file(arguments.path("path", path))


def salvage_file(path: Path, to: Path, *, schema: str | None = None) -> _core.SalvageReport:
    """Get what is whole out of a damaged .pgraph file into the new file `to`, and say what is lost.

    Only what is as it was written, by its digest, gets there. `schema` is that of the graph where the file does not tell any more:
    "policy" or "open".

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import policygraph as pg
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "cities.pgraph")
    ...     pg.open(path).close()
    ...     pg.salvage_file(path, pathlib.Path(folder, "saved.pgraph"))
    <SalvageReport: 0 commits kept, 0 said again, 0 lost>
    """
    return _core.salvage_file(arguments.path("path", path), arguments.path("to", to), schema if schema is None else arguments.text("schema", schema))


def redact_document(path: Path, document: int, *, author: str = "by:hand") -> None:
    """Remove the text of a document for good from a .pgraph file and keep what was found in it; quotes then say "redacted".

    When this returns the text is gone from the file and its log, which costs what writing the file anew does. A graph that is open
    meanwhile quotes "" until it is opened again. `BusyError`: another writes, or reads an older state; call it again.

    Examples
    --------
    >>> import policygraph as pg
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     note, path = pathlib.Path(folder, "note.txt"), pathlib.Path(folder, "x.pgraph")
    ...     _ = note.write_text("Presidential Decree No. PF-6079 dated October 5, 2020 was signed.")
    ...     with pg.open(path) as graph:
    ...         _ = graph.ingest(note)
    ...     pg.redact_document(path, 1, author="by:anna")
    ...     with pg.open(path) as graph:
    ...         graph.snapshot().text(1), graph.query("MATCH (a:LegalAct) RETURN a.number").scalar()
    (None, 'PF-6079')
    """
    _core.redact_document(
        arguments.path("path", path), arguments.whole("document", document), arguments.text("author", author, may_be_empty=False)
    )


def backup_file(path: Path, to: Path) -> None:
    """Copy a .pgraph file, also while it is written to; `to` must not be there yet, and appears whole or not at all.

    Examples
    --------
    >>> import policygraph as pg
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path, copy = pathlib.Path(folder, "x.pgraph"), pathlib.Path(folder, "copy.pgraph")
    ...     with pg.open(path, schema="open") as graph:
    ...         _ = graph.add_nodes({"name": ["Nukus"]}, label="City")
    ...         pg.backup_file(path, copy)
    ...     with pg.open(copy, read_only=True) as graph:
    ...         graph.snapshot().node_count
    1
    """
    _core.backup_file(arguments.path("path", path), arguments.path("to", to))


def open_in_memory(schema: SchemaLike = "policy") -> Graph:
    """An empty graph that lives in memory.

    Parameters
    ----------
    schema : {"policy", "open"}, path or mapping
        What may be said: the policy schema, anything, or the policy schema with the labels, relations and properties of a
        JSON file (a folder of them, or the same as a mapping) added.

    Examples
    --------
    >>> import policygraph as pg
    >>> pg.open_in_memory()
    <Graph: 0 nodes, 0 edges, 0 documents; schema policy>
    >>> permit = {"label": "Permit", "parent": "LegalAct", "properties": [{"name": "fee", "type": "decimal"}]}
    >>> graph = pg.open_in_memory(permit)
    >>> _ = graph.query("CREATE (:Permit {jurisdiction: 'GB', kind: 'other', fee: decimal('4.90')})")
    >>> graph.query("MATCH (p:LegalAct) RETURN p.fee").scalar()
    Decimal('4.90')
    """
    files = _extension(schema)
    return Graph(_core.open_in_memory_extended(files) if files else _core.open_in_memory(str(schema)))


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
    return Graph(_core.open_json(arguments.path("path", path)))


def questions() -> list[_core.Question]:
    """The questions that have a name.

    Examples
    --------
    >>> import policygraph as pg
    >>> "acts_that_fund" in [question.name for question in pg.questions()]
    True
    """
    return _core.questions()
