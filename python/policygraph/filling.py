"""Tables into graphs: a node or an edge of each row."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Mapping
from typing import Any

from . import _core, arguments
from ._core import CsvCounts
from .commit_group import CommitGroup
from .transaction import Transaction


class Filled:
    """What is written by hand, and from tables: the part of `Graph` that takes in."""

    __slots__ = ()
    _core: _core.Graph
    _groups: weakref.WeakSet[CommitGroup]

    def begin(self, author: str = "by:hand", *, timeout: float = 5.0) -> Transaction:
        """Start to write by hand; waits up to `timeout` seconds for another writer, then `BusyError`.

        Examples
        --------
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> with graph.begin("by:anna") as edit:
        ...     _ = edit.create_node("City", name="Nukus")
        >>> graph.snapshot().nodes("City")[0].evidence[0].extractor
        'by:anna'
        """
        who = arguments.text("author", author, may_be_empty=False)
        return Transaction(_core.begin(self._core, who, arguments.real("timeout", timeout)))

    def commit_group(self, *, most_commits: int = 1000, longest: float = 0.05, timeout: float = 5.0) -> CommitGroup:
        """A stream of small commits that are made to last many at a time.

        Parameters
        ----------
        most_commits : int
            So many last together.
        longest : float
            Or those of so many seconds, at the next commit.
        timeout : float
            How long a first transaction waits for another writer, then `BusyError`.

        Examples
        --------
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> with graph.commit_group() as group, group.begin("by:feed") as edit:
        ...     _ = edit.create_node("City", name="Nukus")
        >>> graph.snapshot().commit
        1
        """
        bounds = arguments.whole("most_commits", most_commits, least=1), arguments.real("longest", longest)
        group = CommitGroup(_core.CommitGroup(self._core, *bounds, arguments.real("timeout", timeout)))
        self._groups.add(group)
        return group

    def add_nodes(
        self, data: Any, *, label: str | Iterable[str], key: str | Iterable[str] = (), author: str = "by:hand", note: str = ""
    ) -> list[int]:
        """Make a node of each row of a table, in one commit; the columns are properties, null says nothing.

        Parameters
        ----------
        data : DataFrame, table or mapping
            What has Arrow's capsule (of polars, pyarrow, DuckDB, pandas with pyarrow), a pandas DataFrame, an array of records, or
            columns by name: arrays, buffers, lists.
        label : str or iterable of str
            The nodes' label or labels.
        key : str or iterable of str
            Columns that say which node a row is: a node that has these values gets the other columns as properties, and no
            second node is made. Without it every row is a new node.
        author, note : str
            Who says so, and the words that stand as the quote.

        Returns
        -------
        list of int
            The key of each row's node.

        Examples
        --------
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> keys = graph.add_nodes({"name": ["Nukus", "Khiva"], "people": [312100, 93000]}, label="City", key="name")
        >>> graph.add_nodes({"name": ["Khiva"], "people": [93600]}, label="City", key="name") == keys[1:]
        True
        """
        with self.begin(author) as transaction:
            if arguments.text("note", note):
                transaction.set_note(note)
            return transaction.add_nodes(data, label=label, key=key)

    def add_edges(
        self,
        data: Any,
        *,
        type: str,
        source: str = "source",
        target: str = "target",
        source_by: tuple[str, str] | None = None,
        target_by: tuple[str, str] | None = None,
        author: str = "by:hand",
        note: str = "",
    ) -> list[int]:
        """Make an edge of each row of a table, in one commit; columns that are no end are properties.

        Parameters
        ----------
        data : DataFrame, table or mapping
            As `add_nodes` takes it.
        type : str
            The edges' type.
        source, target : str
            The columns of the ends: keys of nodes, as `add_nodes` gives them.
        source_by, target_by : tuple of str, optional
            A label and a property: the column holds values of that property instead.
        author, note : str
            Who says so, and the words that stand as the quote.

        Returns
        -------
        list of int
            The key of each row's edge.

        Examples
        --------
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> _ = graph.add_nodes({"name": ["Nukus", "Khiva"]}, label="City")
        >>> roads = {"a": ["Nukus"], "b": ["Khiva"], "km": [177]}
        >>> by_name = ("City", "name")
        >>> _ = graph.add_edges(roads, type="ROAD", source="a", target="b", source_by=by_name, target_by=by_name)
        >>> graph.query("MATCH (a)-[r:ROAD]->(b) RETURN a.name, r.km, b.name").one().to_dict()
        {'a.name': 'Nukus', 'r.km': 177, 'b.name': 'Khiva'}
        """
        with self.begin(author) as transaction:
            if arguments.text("note", note):
                transaction.set_note(note)
            return transaction.add_edges(data, type=type, source=source, target=target, source_by=source_by, target_by=target_by)

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
        author: str = "by:hand",
    ) -> CsvCounts:
        """Make a node of each row of a CSV file, in one commit; the columns are properties, an empty field says nothing.

        The file is a document, known by its path as given: read again unchanged and in the same way it is left alone, else it
        replaces what it said (`is_replaced`). With a key the last row and the last file say, as in `add_nodes`.

        Parameters
        ----------
        path : str or os.PathLike
            The file: UTF-8, its first line names the columns.
        label : str or iterable of str
            The nodes' label or labels.
        key : str or iterable of str
            Columns that say which node a row is, as of `add_nodes`.
        id : str
            A column of numbers that become the keys of the nodes and no property.
        types : mapping, optional
            Types of columns by name: string, integer, decimal, float, boolean, partial_date. Else what the schema says of
            the property, else what all values are.
        left_out : str or iterable of str
            Columns that are not read.
        delimiter : str
            What stands between fields; told from the first line where it is empty.
        cite_rows : bool
            Keep the file's text, up to 64 MiB, so that each value cites its row. False: smaller and faster.
        author : str
            Who commits.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "cities.csv")
        ...     _ = path.write_text("name,people\\nNukus,312100\\nKhiva,93000\\n")
        ...     graph.read_nodes_csv(path, label="City", key="name").types
        {'name': 'string', 'people': 'integer'}
        >>> graph.query("MATCH (c:City {name: 'Khiva'}) RETURN c.people")[0].evidence[0].quote
        'Khiva,93000'
        """
        with self.begin(author) as transaction:
            return transaction.read_nodes_csv(
                path, label=label, key=key, id=id, types=types, left_out=left_out, delimiter=delimiter, cite_rows=cite_rows
            )

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
        author: str = "by:hand",
    ) -> CsvCounts:
        """Make an edge of each row of a CSV file, in one commit; columns that are no end are properties.

        Parameters
        ----------
        path : str or os.PathLike
            The file, as `read_nodes_csv` takes it.
        type : str
            The edges' type.
        source, target : str
            The columns of the ends: keys of nodes.
        source_by, target_by : tuple of str, optional
            A label and a property: the column holds values of that property instead.
        types, left_out, delimiter, cite_rows, author
            As of `read_nodes_csv`.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> _ = graph.add_nodes({"name": ["Nukus", "Khiva"]}, label="City")
        >>> by_name = ("City", "name")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "roads.csv")
        ...     _ = path.write_text("a,b,km\\nNukus,Khiva,177\\n")
        ...     graph.read_edges_csv(path, type="ROAD", source="a", target="b", source_by=by_name, target_by=by_name)
        <CsvCounts: 1 rows, 1 properties>
        """
        with self.begin(author) as transaction:
            return transaction.read_edges_csv(
                path,
                type=type,
                source=source,
                target=target,
                source_by=source_by,
                target_by=target_by,
                types=types,
                left_out=left_out,
                delimiter=delimiter,
                cite_rows=cite_rows,
            )
