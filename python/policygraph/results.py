"""Answers of queries: rows that know the words they rest on."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, overload

from . import _core, arguments, display
from .errors import ArgumentTypeError, InvalidArgumentError, NotFoundError
from .table import Mixed, Table, Tabular, needed, to_networkx
from .view import Drawn
from .why import Style, Why


_FEW = 8  # rows that are made one by one
_AT_ONCE = 1_024  # rows whose values are made together


class Row(Sequence[Any]):
    """One row of an answer: by number, by column name, or in order.

    Examples
    --------
    >>> import policygraph as pg
    >>> row = pg.open_in_memory().query("RETURN 1 AS one, 'a' AS letter").one()
    >>> row["letter"], row[0], list(row), dict(row)
    ('a', 1, [1, 'a'], {'one': 1, 'letter': 'a'})
    """

    __slots__ = ("_index", "_names", "_rows", "_values")

    def __init__(self, rows: _core.Rows, index: int, columns: list[str] | None = None, values: tuple[Any, ...] | None = None) -> None:
        self._rows = rows
        self._index = index
        self._names = columns
        self._values: tuple[Any, ...] = rows.row(index) if values is None else values

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return list(self._columns)

    @property
    def _columns(self) -> list[str]:
        """Fetched when first asked for: a look-up of one row may never ask."""
        if self._names is None:
            self._names = self._rows.columns
        return self._names

    @property
    def evidence(self) -> list[_core.Citation]:
        """What the row rests on: quote, document and place of each piece; empty where evidence was off.

        That of a group (``count(*)``, ``DISTINCT``) is gathered when it is first asked for, which may take as long as the
        query did with it, whatever `timeout` the query had; Ctrl-C ends it. Raises `LimitError` past the memory it may take.
        """
        return self._rows.evidence(self._index)

    @property
    def evidence_left_out(self) -> int:
        """Pieces left out because an aggregate rests on too many (more than 1,000); gathered as `evidence` is."""
        return self._rows.evidence_left_out(self._index)

    def _why(self) -> Why:
        return Why(self._rows, self._index)

    def keys(self) -> list[str]:
        """Names of the columns, so that ``dict(row)`` is one by name."""
        return list(self._columns)

    def to_dict(self) -> dict[str, Any]:
        """Columns and values."""
        return dict(zip(self._columns, self._values, strict=True))

    @overload
    def __getitem__(self, column: int | str, /) -> Any: ...
    @overload
    def __getitem__(self, column: slice, /) -> list[Any]: ...
    def __getitem__(self, column: int | str | slice, /) -> Any:
        try:
            if isinstance(column, slice):
                return list(self._values[column])
            return self._values[self._columns.index(column) if isinstance(column, str) else column]
        except ValueError:
            raise NotFoundError(f"no column '{column}'; there are: {', '.join(self._columns)}", code="not_found") from None
        except IndexError:
            raise IndexError(f"column {column} of {len(self._values)}") from None
        except TypeError:
            raise ArgumentTypeError(f"column is of the type {type(column).__name__}; it is a name, a number or a slice") from None

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Row):
            return self._columns == other._columns and self._values == other._values
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in self.to_dict().items())
        return f"<Row {inside}>"

    def __copy__(self) -> Row:
        return self

    def __deepcopy__(self, memo: object) -> Row:
        return self

    def _repr_html_(self) -> str:
        return display.rows_html(self._columns, [self], "1 row")


class Results(Tabular, Drawn):
    """The answer of a query: rows in order, complete when returned.

    Table libraries read it unaided: ``polars.DataFrame(results)``, ``pyarrow.table(results)``,
    ``duckdb.sql("FROM results")`` (docs/tables.md).

    Examples
    --------
    >>> import policygraph as pg
    >>> results = pg.open_in_memory().query("UNWIND [1, 2, 3] AS n RETURN n")
    >>> len(results), results.columns, [row["n"] for row in results]
    (3, ['n'], [1, 2, 3])
    >>> results[1:].to_dicts()
    [{'n': 2}, {'n': 3}]
    >>> results
    <Results: 3 rows; n>
    """

    __slots__ = ("_indexes", "_rows", "_table")
    _table: Table | None  # once asked for

    def __init__(self, rows: _core.Rows, indexes: range | None = None) -> None:
        self._rows = rows
        self._indexes = range(len(rows)) if indexes is None else indexes
        self._table = None

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return self._rows.columns

    @property
    def counts(self) -> dict[str, int]:
        """How a write changed the graph: ``nodes_created``, ``properties_set`` ..."""
        return self._rows.counts

    @property
    def notifications(self) -> list[_core.Diagnostic]:
        """What the reader should know: an unknown label in the open schema, a cross product ..."""
        return self._rows.notifications

    def one(self) -> Row:
        """The only row.

        Raises
        ------
        InvalidArgumentError
            When there is no row, or more than one.
        """
        if len(self) != 1:
            raise InvalidArgumentError(f"expected one row, found {len(self)}")
        return self[0]

    def scalar(self) -> Any:
        """The only value of the only row.

        Examples
        --------
        >>> import policygraph as pg
        >>> pg.open_in_memory().query("MATCH (n) RETURN count(n)").scalar()
        0
        """
        row = self.one()
        if len(row) != 1:
            raise InvalidArgumentError(f"expected one column, found {len(row)}")
        return row[0]

    def to_dicts(self) -> list[dict[str, Any]]:
        """All rows as dictionaries."""
        columns = self.columns
        return [dict(zip(columns, values, strict=True)) for values in self.to_tuples()]

    def to_tuples(self) -> list[tuple[Any, ...]]:
        """All rows as tuples.

        Examples
        --------
        >>> import policygraph as pg
        >>> pg.open_in_memory().query("UNWIND [1, 2] AS n RETURN n, 'a' AS letter").to_tuples()
        [(1, 'a'), (2, 'a')]
        """
        indexes = self._indexes
        return _core.tuples_of(self._rows, max(indexes.start, 0), len(indexes), indexes.step)

    def table(self, *, mixed: Mixed = "error", evidence: bool = False) -> Table:
        """The rows as columns of one type each; see `Tabular.table`. A slice has the types of the whole answer."""
        if self._table is None or mixed != "error" or arguments.flag("evidence", evidence):
            made = Table(self._rows, self._indexes, mixed, evidence)
            if mixed != "error" or evidence:
                return made
            self._table = made
        return self._table

    def to_networkx(self) -> Any:
        """The nodes and edges that the rows hold, in paths, lists and maps too, as a ``networkx.MultiDiGraph``.

        Nodes are named by their keys; their properties, ``labels`` and ``caption`` are attributes. An edge's key is its key;
        its properties and ``type`` are attributes. A property that is called as one of these gets an underscore behind its name.

        Examples
        --------
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> _ = graph.query("CREATE (:City {name: 'Nukus'})-[:ROAD {km: 7}]->(:City {name: 'Khiva'})")
        >>> found = graph.query("MATCH (a)-[r]->(b) RETURN r").to_networkx()
        >>> sorted(name for _, name in found.nodes(data="name")), [km for _, _, km in found.edges(data="km")]
        (['Khiva', 'Nukus'], [7])
        """
        return to_networkx(self._rows, self._indexes, needed("networkx", "to_networkx()").MultiDiGraph())

    def to_region(self) -> _core.Region:
        """The nodes and edges that the rows hold, in paths, lists and maps too: a picture in a notebook, `Region.to_svg`.

        Examples
        --------
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> _ = graph.query("CREATE (:City {name: 'Nukus'})-[:ROAD]->(:City {name: 'Khiva'})")
        >>> graph.query("MATCH ()-[r:ROAD]->() RETURN r").to_region()
        <Region: 2 nodes, 1 edges>
        """
        return _core.region_of(self._rows, list(self._indexes))

    def _drawn(self) -> _core.Snapshot:
        return _core.part(self.to_region())

    def to_csv(self, *, evidence: bool = False) -> str:
        """The rows as CSV (RFC 4180); with `evidence` a last column names the words each row rests on."""
        return _core.to_csv(self._whole(), arguments.flag("evidence", evidence))

    def to_json(self, *, evidence: bool = False) -> str:
        """The rows as a JSON array of objects; with `evidence` each has ``_evidence``."""
        return _core.to_json(self._whole(), arguments.flag("evidence", evidence))

    def cite(self, style: Style = "plain", *, width: int = 120) -> str:
        """What the rows rest on, written down; each passage or document once.

        Parameters
        ----------
        style : str
            ``"plain"``: a text table with numbered notes below: quote, document, place. ``"markdown"``: the same in Markdown.
            ``"bibtex"`` and ``"csl-json"``: the documents, with what was quoted of them. ``"web-annotation"``: each passage as a
            W3C Web Annotation, whose selectors find it again in a text that changed.
        width : int
            Of the plain table; 0: as wide as needed.

        Examples
        --------
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> with graph.begin("by:anna") as edit:
        ...     edit.set_note("Nukus is a city.")
        ...     _ = edit.create_node("City", name="Nukus")
        >>> print(graph.query("MATCH (c:City) RETURN c.name AS name").cite("markdown"), end="")
        | name | sources |
        | --- | --- |
        | Nukus | \\[1\\] |
        <BLANKLINE>
        1. “Nukus is a city.” — by\\:anna, line 1
        """
        columns = arguments.whole("width", width, most=1_000_000)
        return _core.to_citations(self._rows, arguments.text("style", style), list(self._indexes), columns)

    def why(self, row: int | Row = 0) -> Why:
        """What a row rests on, in the sentences it was read in, the passages marked; see `Why`.

        Parameters
        ----------
        row : int or Row
            Its number here, or the row itself.
        """
        return row._why() if isinstance(row, Row) else Why(self._rows, self._index_of(row))

    def _whole(self) -> _core.Rows:
        if len(self._indexes) != len(self._rows) or self._indexes.step < 0:
            raise InvalidArgumentError("a slice of an answer cannot be written; write the whole answer")
        return self._rows

    @overload
    def __getitem__(self, index: int, /) -> Row: ...
    @overload
    def __getitem__(self, index: slice, /) -> Results: ...
    def __getitem__(self, index: int | slice, /) -> Row | Results:
        if isinstance(index, slice):
            return Results(self._rows, self._indexes[index])
        return Row(self._rows, self._index_of(index))

    def _index_of(self, row: Any) -> int:
        """Of a row of this slice, in the whole answer."""
        try:
            number = operator.index(row)
        except TypeError:
            of_each = f"; the column of that name is [row[{row!r}] for row in results]" if row in self.columns else ""
            raise ArgumentTypeError(f"row is of the type {type(row).__name__}; it is a number or a slice{of_each}") from None
        if not -len(self) <= number < len(self):
            raise IndexError(f"row {number} of {len(self)}")
        return self._indexes[number]

    # A sequence in all it can do, and not one by its class: polars reads those value by value.
    def __iter__(self) -> Iterator[Row]:
        rows, indexes = self._rows, self._indexes
        if len(indexes) < _FEW:
            columns = rows.columns if len(indexes) > 1 else None
            return iter([Row(rows, index, columns) for index in indexes])
        return _many(rows, indexes)

    def __reversed__(self) -> Iterator[Row]:
        return iter(self[::-1])

    def __contains__(self, row: object) -> bool:
        return any(row == other for other in self)

    def __len__(self) -> int:
        return len(self._indexes)

    def __repr__(self) -> str:
        count = len(self)
        return f"<Results: {count} {'row' if count == 1 else 'rows'}; {', '.join(self.columns)}>"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("an answer holds the snapshot that gave it and is not pickled; pickle to_dicts(), to_arrow() or the graph")

    def __copy__(self) -> Results:
        return self

    def __deepcopy__(self, memo: object) -> Results:
        return self

    def _repr_html_(self) -> str:
        return display.results_html(self)


def _many(rows: _core.Rows, indexes: range) -> Iterator[Row]:
    """Rows whose values are made some at a time."""
    columns = rows.columns
    for at in range(0, len(indexes), _AT_ONCE):
        some = indexes[at : at + _AT_ONCE]
        for index, values in zip(some, _core.tuples_of(rows, some.start, len(some), some.step), strict=True):
            yield Row(rows, index, columns, values)


def merged(given: Mapping[str, Any] | None, named: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of both forms; a name in both is an error."""
    if not named and type(given) is dict:
        return given
    out = arguments.mapping("parameters", given)
    for name, value in named.items():
        if name in out:
            raise InvalidArgumentError(f"parameter '{name}' is given twice")
        out[name] = value
    return out
