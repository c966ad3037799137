"""Answers as typed columns, for whatever reads tables."""

from __future__ import annotations

import decimal
import importlib
from typing import Any, Literal

from . import _core, arguments, display_values
from .errors import FeatureNotBuiltError, InvalidArgumentError

Mixed = Literal["error", "text"]

# Arrow's types of fixed width: how NumPy reads their bytes, and what it makes of them.
_DENSE = {"int64": "i8", "double": "f8", "bool": "", "date32[day]": "i4"}


def needed(name: str, what: str) -> Any:
    """A package that is used when it is there."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise FeatureNotBuiltError(f"{what} needs {name}, which is not installed; pip install {name}") from error


class Tabular:
    """What can be read as a table: by Arrow's PyCapsule interface, so polars, DuckDB, pyarrow and pandas take it as it is."""

    __slots__ = ()

    def table(self, *, mixed: Mixed = "error", evidence: bool = False) -> Table:
        """The rows as columns of one type each.

        Parameters
        ----------
        mixed : {"error", "text"}
            A column that mixes kinds (a number beside a text) is an error that names it, or becomes text.
        evidence : bool
            With a last column ``_evidence``: for each row a list of what it rests on.

        Examples
        --------
        >>> import policygraph as pg
        >>> results = pg.open_in_memory().query("UNWIND [1, 'a'] AS x RETURN x")
        >>> results.table(mixed="text").schema
        {'x': 'large_string'}
        """
        raise NotImplementedError

    @property
    def schema(self) -> dict[str, str]:
        """The type of each column, as Arrow's tools write it.

        Examples
        --------
        >>> import policygraph as pg
        >>> pg.open_in_memory().query("RETURN 1 AS n, decimal('2.50') AS amount, ['a'] AS names").schema
        {'n': 'int64', 'amount': 'decimal128(38, 2)', 'names': 'list<item: string>'}
        """
        return self.table().schema

    def to_arrow(self, *, mixed: Mixed = "error", evidence: bool = False) -> Any:
        """A ``pyarrow.Table``; the parameters are those of `table`."""
        return self.table(mixed=mixed, evidence=evidence).to_arrow()

    def to_polars(self, *, mixed: Mixed = "error", evidence: bool = False) -> Any:
        """A ``polars.DataFrame``; the parameters are those of `table`."""
        return self.table(mixed=mixed, evidence=evidence).to_polars()

    def to_pandas(self, *, mixed: Mixed = "error", evidence: bool = False) -> Any:
        """A ``pandas.DataFrame``, made without pyarrow; the parameters are those of `table`.

        Whole numbers and booleans with gaps are pandas' nullable types, dates and times its datetimes, amounts
        ``decimal.Decimal``; lists, maps, nodes and edges stay what they are in a row.
        """
        return self.table(mixed=mixed, evidence=evidence).to_pandas()

    def __arrow_c_schema__(self) -> object:
        return self.table().__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.table().__arrow_c_stream__(requested_schema)


class Table(Tabular):
    """An answer as typed columns. It holds the answer and makes batches when they are read, as often as one likes.

    Made by `Results.table`. docs/tables.md says which values become which types.

    Examples
    --------
    >>> import policygraph as pg
    >>> table = pg.open_in_memory().query("UNWIND [1, null] AS n RETURN n, date('2024-05-06') AS day").table()
    >>> table
    <Table: 2 rows; n: int64, day: date32[day]>
    """

    __slots__ = ("_columns", "_evidence", "_indexes", "_rows")

    def __init__(self, rows: _core.Rows, indexes: range, mixed: Mixed, evidence: bool) -> None:
        if mixed not in ("error", "text"):
            raise InvalidArgumentError(f"unknown mixed={mixed!r}; there are 'error' and 'text'")
        self._rows = rows
        self._indexes = indexes
        self._evidence = arguments.flag("evidence", evidence)
        start = max(indexes.start, 0)
        self._columns = _core.Columns(rows, start, len(indexes), indexes.step, mixed == "text", self._evidence)

    def table(self, *, mixed: Mixed = "error", evidence: bool = False) -> Table:
        """Itself, or the same rows read otherwise."""
        if mixed == "error" and not arguments.flag("evidence", evidence):
            return self
        return Table(self._rows, self._indexes, mixed, evidence)

    @property
    def schema(self) -> dict[str, str]:
        """The type of each column."""
        return dict(self._columns.fields)

    def to_arrow(self, *, mixed: Mixed = "error", evidence: bool = False) -> Any:
        """A ``pyarrow.Table``."""
        return needed("pyarrow", "to_arrow()").table(self.table(mixed=mixed, evidence=evidence))

    def to_polars(self, *, mixed: Mixed = "error", evidence: bool = False) -> Any:
        """A ``polars.DataFrame``."""
        return needed("polars", "to_polars()").DataFrame(self.table(mixed=mixed, evidence=evidence))

    def to_pandas(self, *, mixed: Mixed = "error", evidence: bool = False) -> Any:
        """A ``pandas.DataFrame``."""
        return self.table(mixed=mixed, evidence=evidence)._frame(needed("pandas", "to_pandas()"), needed("numpy", "to_pandas()"))

    def _frame(self, pandas: Any, numpy: Any) -> Any:
        columns = {name: self._series(pandas, numpy, index, type) for index, (name, type) in enumerate(self._columns.fields)}
        return pandas.DataFrame(columns, index=pandas.RangeIndex(len(self)))

    def _series(self, pandas: Any, numpy: Any, index: int, type: str) -> Any:
        if type in ("string", "large_string"):
            return pandas.Series(self._columns.texts(index), dtype=None if len(self) else object)
        unit, _, zone = type.partition("[")[2].rstrip("]").partition(", tz=")
        if type in _DENSE or type.startswith(("timestamp[", "duration[")):
            values, missing = self._dense(numpy, index, _DENSE.get(type, "i8"))
            return _series_of(pandas, numpy, type.partition("[")[0], unit, zone, values, missing)
        if self._evidence and index == len(self._rows.columns):
            return pandas.Series([self._rows.evidence(row) for row in self._indexes], dtype=object)
        values = _core.column_values(self._rows, index, max(self._indexes.start, 0), len(self), self._indexes.step)
        if type.startswith("decimal128("):  # integers may stand among them
            values = [None if value is None else decimal.Decimal(value) for value in values]
        return pandas.Series(values, dtype=object)

    def _dense(self, numpy: Any, index: int, code: str) -> tuple[Any, Any]:
        """Values, and which of them are missing (None: none)."""
        values, present = self._columns.dense(index)

        def bits(data: bytes) -> Any:
            return numpy.unpackbits(numpy.frombuffer(data, dtype="u1"), count=len(self), bitorder="little").astype(bool)

        return numpy.frombuffer(values, dtype=code).copy() if code else bits(values), ~bits(present) if present else None

    def __arrow_c_schema__(self) -> object:
        return self._columns.schema()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._columns.stream()

    def __len__(self) -> int:
        return len(self._columns)

    def __repr__(self) -> str:
        count = len(self)
        types = ", ".join(f"{name}: {type}" for name, type in self._columns.fields)
        return f"<Table: {count} {'row' if count == 1 else 'rows'}; {types}>"

    def _repr_html_(self) -> str:
        return display_values.card(f"{len(self)} rows", self._columns.fields)


def _series_of(pandas: Any, numpy: Any, kind: str, unit: str, zone: str, values: Any, missing: Any) -> Any:
    if kind == "int64" and missing is not None:
        return pandas.Series(pandas.arrays.IntegerArray(values, missing))
    if kind == "bool" and missing is not None:
        return pandas.Series(pandas.arrays.BooleanArray(values, missing))
    if kind == "double" and missing is not None:
        values[missing] = numpy.nan
    if kind == "date32":
        values = values.astype("M8[D]").astype("M8[s]")
    if kind in ("timestamp", "duration"):
        values = values.view(f"{'M8' if kind == 'timestamp' else 'm8'}[{unit}]")
    if missing is not None and values.dtype.kind in "Mm":
        values[missing] = numpy.datetime64("NaT") if values.dtype.kind == "M" else numpy.timedelta64("NaT")
    series = pandas.Series(values)
    return series.dt.tz_localize("UTC").dt.tz_convert(zone) if zone else series


def to_networkx(rows: _core.Rows, indexes: range, graph: Any) -> Any:
    """Adds the nodes and edges that values of these rows hold, at any depth."""
    for index in indexes:
        waiting = list(rows.row(index))
        while waiting:
            value = waiting.pop()
            if isinstance(value, _core.Path):
                waiting += [*value.nodes, *value.edges]
            elif isinstance(value, _core.Node):
                _add_node(graph, value)
            elif isinstance(value, _core.Edge):
                _add_edge(graph, value)
            elif isinstance(value, (list, dict)):
                waiting += value.values() if isinstance(value, dict) else value
    return graph


def _add_node(graph: Any, node: _core.Node) -> None:
    if node.key not in graph:
        graph.add_node(node.key)
        graph.nodes[node.key].update(_attributes(node.properties, {"labels": node.labels, "caption": node.caption}))


def _add_edge(graph: Any, edge: _core.Edge) -> None:
    _add_node(graph, edge.source)
    _add_node(graph, edge.target)
    if not graph.has_edge(edge.source.key, edge.target.key, edge.key):
        graph.add_edge(edge.source.key, edge.target.key, edge.key)
        graph.edges[edge.source.key, edge.target.key, edge.key].update(_attributes(edge.properties, {"type": edge.type}))


def _attributes(properties: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    """Both; a property that is called as one of ours is renamed, so that neither hides the other."""
    out = ours | {name: value for name, value in properties.items() if name not in ours}
    for name in sorted(ours.keys() & properties.keys()):
        free = name
        while free in out or free in properties:
            free += "_"
        out[free] = properties[name]
    return out


_BUFFER_CODES = frozenset("?bBhHiIlLqQfd")


def table_of(data: Any) -> _core.Table:
    """A table that some other library holds, read."""
    names = getattr(getattr(data, "dtype", None), "names", None)
    if names:  # an array of records
        return _of_columns({name: data[name] for name in names})
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        try:
            return _by_capsule(data, "")
        except ImportError:  # pandas without pyarrow
            return _of_columns(dict(data.items()))
    if hasattr(data, "items"):
        return _of_columns(dict(data.items()))
    raise InvalidArgumentError(
        f"{type(data).__name__} is no table; give what has Arrow's capsule (a DataFrame of polars or pandas, a pyarrow.Table), or columns by name"
    )


def _by_capsule(data: Any, name: str) -> _core.Table:
    capsules: tuple[Any, ...] = (data.__arrow_c_stream__(),) if hasattr(data, "__arrow_c_stream__") else tuple(data.__arrow_c_array__())
    if any(type(capsule).__name__ != "PyCapsule" for capsule in capsules):
        raise InvalidArgumentError(f"the Arrow interface of a {type(data).__name__} gives no capsule")
    if len(capsules) == 1:
        return _core.Table(capsules[0], name)
    schema, array = capsules
    return _core.Table(schema, array, name)


def _of_columns(columns: dict[Any, Any]) -> _core.Table:
    table = _core.Table()
    for name, values in columns.items():
        if not isinstance(name, str):
            raise InvalidArgumentError(f"column {name!r} is named by a {type(name).__name__}; columns are named by text")
        _add_column(table, arguments.text("the name of a column", name), values)
    return table


def _add_column(table: _core.Table, name: str, values: Any) -> None:
    if hasattr(values, "__arrow_c_stream__") or hasattr(values, "__arrow_c_array__"):
        try:
            table.add_column(name, _by_capsule(values, name))
            return
        except ImportError:
            pass
    table.add_values(name, _items(name, values))


def _items(name: str, values: Any) -> list[Any]:
    if isinstance(values, (str, bytes, bytearray)):
        raise InvalidArgumentError(f"column '{name}' is one {type(values).__name__}, not a sequence of values")
    if getattr(values, "ndim", 1) != 1:
        raise InvalidArgumentError(f"column '{name}' has {values.ndim} dimensions; a column has one")
    kind = getattr(getattr(values, "dtype", None), "kind", "")
    if kind in ("M", "m"):  # finer units than Python's come as bare numbers otherwise
        values = values.astype("datetime64[us]" if kind == "M" else "timedelta64[us]")
    if hasattr(values, "isna"):
        return [None if gone else item for item, gone in zip(values.tolist(), values.isna(), strict=True)]
    if hasattr(values, "tolist") and not isinstance(values, memoryview):
        items: list[Any] = values.tolist()
        return items
    return _buffer_items(name, values)


def _buffer_items(name: str, values: Any) -> list[Any]:
    try:
        view = memoryview(values)
    except TypeError:
        return _listed(name, values)
    if view.ndim != 1:
        raise InvalidArgumentError(f"column '{name}' has {view.ndim} dimensions; a column has one")
    if view.format.lstrip("@=<") not in _BUFFER_CODES:
        raise InvalidArgumentError(f"column '{name}' holds items of the buffer format '{view.format}', which no value has")
    return view.tolist()


def _listed(name: str, values: Any) -> list[Any]:
    try:
        return list(values)
    except TypeError:
        raise InvalidArgumentError(f"column '{name}' is a {type(values).__name__}, not a sequence of values") from None
