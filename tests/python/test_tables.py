"""Answers in other libraries' tables, and their tables as graphs."""

from __future__ import annotations

import array
import datetime
import doctest
import gc
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import policygraph as pg

DOCS = Path(__file__).resolve().parents[2] / "docs"

PLAIN = """
UNWIND [1, null, 3] AS n
RETURN n, n * 1.5 AS f, n > 1 AS b, 'o‘z' + toString(n) AS s, decimal('-1.25') AS d, date('2024-05-06') AS day,
       localdatetime('2024-05-06T10:11:12.5') AS at, duration('PT90S') AS took, [n, n] AS l, {a: n, b: 'x'} AS m, null AS z
"""
TYPES = {
    "n": "int64",
    "f": "double",
    "b": "bool",
    "s": "string",
    "d": "decimal128(38, 2)",
    "day": "date32[day]",
    "at": "timestamp[us]",
    "took": "duration[us]",
    "l": "list<item: int64>",
    "m": "struct<a: int64, b: string>",
    "z": "null",
}


@pytest.fixture
def results() -> pg.Results:
    return pg.open_in_memory("open").query(PLAIN)


@pytest.fixture
def expected(results: pg.Results) -> list[dict[str, Any]]:
    rows = results.to_dicts()
    for row in rows:
        row["took"] = datetime.timedelta(seconds=row["took"].seconds)
    return rows


@pytest.fixture
def roads() -> pg.Graph:
    graph = pg.open_in_memory("open")
    graph.query("CREATE (a:City {name: 'Nukus', people: 5})-[:ROAD {km: 7}]->(b:City {name: 'Khiva'})-[:ROAD]->(a)")
    return graph


def test_polars_reads_it_unaided(results: pg.Results, expected: list[dict[str, Any]]) -> None:
    polars = pytest.importorskip("polars")
    assert polars.DataFrame(results).to_dicts() == expected
    assert polars.DataFrame(results).to_dicts() == expected, "once more"
    assert results.to_polars()["d"].dtype == polars.Decimal(38, 2)
    assert results[::-2].to_polars().to_dicts() == expected[::-2]
    assert results[3:].to_polars().height == 0


def test_pyarrow_reads_it_unaided(results: pg.Results, expected: list[dict[str, Any]]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    table = pyarrow.table(results)
    table.validate(full=True)
    assert table.to_pylist() == expected
    assert results.to_arrow().equals(table)
    assert {field.name: str(field.type) for field in pyarrow.schema(results)} == TYPES == results.schema
    assert results[1:2].to_arrow().schema == table.schema


def test_duckdb_reads_it_unaided(results: pg.Results, expected: list[dict[str, Any]]) -> None:
    duckdb = pytest.importorskip("duckdb")
    assert duckdb.sql("SELECT * FROM results").fetchall() == [tuple(row.values()) for row in expected]
    assert duckdb.sql("SELECT sum(n), sum(d) FROM results WHERE day < '2025-01-01'").fetchall() == [(4, Decimal("-3.75"))]


def test_pandas_reads_it_by_arrow(results: pg.Results) -> None:
    pandas = pytest.importorskip("pandas", minversion="3")
    pytest.importorskip("pyarrow")
    frame = pandas.DataFrame.from_arrow(results)
    assert list(frame.columns) == results.columns
    assert frame["d"].tolist() == [Decimal("-1.25")] * 3


def test_pandas_without_pyarrow() -> None:
    pytest.importorskip("pandas")
    program = f"""
import sys
sys.modules["pyarrow"] = None
import datetime, decimal, pandas
import policygraph as pg
graph = pg.open_in_memory("open")
frame = graph.query({PLAIN!r}).to_pandas()
assert frame["n"].dtype == "Int64" and frame["n"].tolist() == [1, pandas.NA, 3], frame["n"]
assert frame["f"].tolist()[0::2] == [1.5, 4.5] and frame["f"].isna().tolist() == [False, True, False]
assert frame["b"].dtype == "boolean" and frame["b"].tolist()[0::2] == [False, True]
assert frame["s"].tolist()[0] == "o‘z1" and frame["s"].isna().tolist() == [False, True, False]
assert frame["d"].tolist() == [decimal.Decimal("-1.25")] * 3
assert frame["day"].dtype == "M8[s]" and frame["day"].tolist() == [pandas.Timestamp("2024-05-06")] * 3
assert frame["at"].tolist() == [pandas.Timestamp("2024-05-06T10:11:12.5")] * 3
assert frame["took"].tolist() == [pandas.Timedelta(seconds=90)] * 3
assert frame["l"].tolist() == [[1, 1], [None, None], [3, 3]]
keys = graph.add_nodes(pandas.DataFrame({{"name": ["Nukus", None], "n": [1.0, 2.0]}}), label="City")
assert graph.query("MATCH (c:City) RETURN c.name, c.n ORDER BY c.n").to_dicts() == [{{"c.name": "Nukus", "c.n": 1.0}}, {{"c.name": None, "c.n": 2.0}}]
whole = graph.query("UNWIND [1, 2] AS n RETURN n, n > 1 AS b, datetime('2024-05-06T10:00[Asia/Tashkent]') AS t").to_pandas()
assert whole["n"].dtype == "int64" and whole["b"].dtype == "bool" and whole["b"].tolist() == [False, True]
assert whole["t"].tolist() == [pandas.Timestamp("2024-05-06T10:00", tz="Asia/Tashkent")] * 2
assert len(graph.query("CREATE (:A)").to_pandas()) == 0
sums = graph.query("UNWIND [decimal('1.5'), 9223372036854775807, null] AS x RETURN x").to_pandas()["x"].tolist()
assert sums == [decimal.Decimal("1.5"), decimal.Decimal(9223372036854775807), None] and isinstance(sums[1], decimal.Decimal), sums
"""
    result = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_many_rows_come_in_batches() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    results = pg.open_in_memory("open").query("UNWIND range(1, 200000) AS n RETURN n, CASE n % 3 WHEN 0 THEN null ELSE toString(n) END AS s")
    table = pyarrow.table(results)
    table.validate(full=True)
    assert table["n"].num_chunks > 1
    assert table["n"].to_pylist() == list(range(1, 200001))
    assert table["s"].to_pylist() == [None if n % 3 == 0 else str(n) for n in range(1, 200001)]


def test_nodes_and_evidence_are_nested(roads: pg.Graph) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    results = roads.query("MATCH p = (a {name: 'Nukus'})-[r]->(b) RETURN a, r, p, nodes(p) AS ns")
    table = results.to_arrow(evidence=True)
    table.validate(full=True)
    row = table.to_pylist()[0]
    a, r = results[0]["a"], results[0]["r"]
    assert row["a"] == {"key": a.key, "labels": ["City"], "caption": "Nukus", "properties": {"name": "Nukus", "people": 5}}
    assert row["r"] == {"key": r.key, "type": "ROAD", "source": a.key, "target": r.target.key, "properties": {"km": 7}}
    assert [node["caption"] for node in row["p"]["nodes"]] == ["Nukus", "Khiva"]
    assert row["p"]["nodes"] == row["ns"]
    assert [one["quote"] for one in row["_evidence"]] == [one.quote for one in results[0].evidence]


def test_a_table_says_what_it_is(results: pg.Results) -> None:
    table = results.table()
    assert len(table) == 3
    assert repr(table).startswith("<Table: 3 rows; n: int64, f: double,")
    assert table.table() is table
    with pytest.raises(ValueError, match="'error' and 'text'"):
        results.table(mixed="guess")  # type: ignore[arg-type]


def test_mixed_columns_are_named_or_text() -> None:
    results = pg.open_in_memory("open").query("UNWIND [1, 'a'] AS x RETURN x, 1 AS y")
    with pytest.raises(pg.InvalidArgumentError, match=r"column 'x' mixes Integer \(row 0\), String \(row 1\)"):
        _ = results.schema
    assert results.table(mixed="text").schema == {"x": "large_string", "y": "int64"}
    pandas = pytest.importorskip("pandas")
    assert results.to_pandas(mixed="text")["x"].tolist() == ["1", "a"]
    assert isinstance(results.to_pandas(mixed="text"), pandas.DataFrame)


def test_an_answer_to_a_question_is_a_table_too() -> None:
    polars = pytest.importorskip("polars")
    answer = pg.open_in_memory().ask("acts_that_fund")
    assert polars.DataFrame(answer).columns == answer.rows.columns
    assert answer[:].columns == answer.rows.columns
    with pytest.raises(pg.InvalidArgumentError, match="expected one row, found 0"):
        answer.scalar()


def test_networkx_gets_the_graph_of_an_answer(roads: pg.Graph) -> None:
    pytest.importorskip("networkx")
    found = roads.query("MATCH p = (:City {name: 'Nukus'})-[]->() RETURN [{path: p}] AS nested").to_networkx()
    assert sorted(name for _, name in found.nodes(data="name")) == ["Khiva", "Nukus"]
    ((start, end, attributes),) = found.edges(data=True)
    assert attributes == {"km": 7, "type": "ROAD"}
    assert found.nodes[start]["caption"] == "Nukus"
    roads.query("CREATE (:City {name: 'x', node_for_adding: 1, self: 2})")
    odd = roads.query("MATCH (c:City {name: 'x'}) RETURN c").to_networkx()
    assert [data["node_for_adding"] for _, data in odd.nodes(data=True)] == [1]
    assert found.nodes[end]["labels"] == ["City"]


def test_capsules_nobody_reads_are_freed(results: pg.Results) -> None:
    for _ in range(3):
        stream, schema = results.__arrow_c_stream__(), results.__arrow_c_schema__()
        del stream, schema
    gc.collect()
    stream = results.__arrow_c_stream__()
    taken = pg._core.Table(stream, "")
    assert taken.names == results.columns
    with pytest.raises(ValueError, match="was read before"):
        pg._core.Table(stream, "")


def frames() -> list[Any]:
    """The same table by every library that is here."""
    columns = {"name": ["Nukus", "Khiva"], "people": [5, 7]}
    out: list[Any] = [pytest.param(columns, id="lists"), pytest.param({"name": columns["name"], "people": array.array("i", [5, 7])}, id="buffers")]
    for name, make in {
        "polars": lambda module: module.DataFrame(columns, schema_overrides={"name": module.Categorical}),
        "pyarrow": lambda module: module.table({"name": columns["name"], "people": module.array([5, 7], module.uint8())}),
        "pandas": lambda module: module.DataFrame({"name": module.Categorical(columns["name"]), "people": [5, 7]}),
        "numpy": lambda module: module.array(list(zip(*columns.values(), strict=True)), dtype=[("name", "U9"), ("people", "i4")]),
        "duckdb": lambda module: module.sql("SELECT * FROM (VALUES ('Nukus', 5::TINYINT), ('Khiva', 7)) AS t(name, people)"),
    }.items():
        try:
            out.append(pytest.param(make(__import__(name)), id=name))
        except ImportError:
            out.append(pytest.param(None, id=name, marks=pytest.mark.skip(reason=f"{name} is not installed")))
    return out


@pytest.mark.parametrize("data", frames())
def test_nodes_from_any_table(data: Any) -> None:
    graph = pg.open_in_memory("open")
    keys = graph.add_nodes(data, label=["City", "Place"], key="name", note="the census")
    assert [graph.snapshot().node(key)["name"] for key in keys] == ["Nukus", "Khiva"]
    rows = graph.query("MATCH (c:City:Place) RETURN c.name AS name, c.people AS people ORDER BY people")
    assert rows.to_dicts() == [{"name": "Nukus", "people": 5}, {"name": "Khiva", "people": 7}]
    assert {one.quote for row in rows for one in row.evidence} == {"the census"}


def test_what_was_read_comes_back() -> None:
    graph = pg.open_in_memory("open")
    whole = graph.query(PLAIN.replace("[n, n] AS l, {a: n, b: 'x'} AS m", "[1, 2] AS l"))
    graph.add_nodes(whole, label="Copy")
    names = ", ".join(f"c.{name} AS {name}" for name in whole.columns)
    copies = graph.query(f"MATCH (c:Copy) RETURN {names} ORDER BY id(c)")
    assert copies.to_dicts() == whole.to_dicts()


def test_edges_from_any_table() -> None:
    graph = pg.open_in_memory("open")
    keys = graph.add_nodes({"name": ["Nukus", "Khiva"]}, label="City")
    made = graph.add_edges({"source": array.array("q", keys), "to": ["Khiva", "Nukus"], "km": [7, None]}, type="ROAD", target="to", target_by=("City", "name"))
    assert len(set(made)) == 2
    assert graph.query("MATCH (a)-[r:ROAD]->(b) RETURN a.name, r.km, b.name ORDER BY r.km").to_dicts() == [
        {"a.name": "Nukus", "r.km": 7, "b.name": "Khiva"},
        {"a.name": "Khiva", "r.km": None, "b.name": "Nukus"},
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"a": [1, 2], "b": [1]}, "column 'b' has 1 rows, column 'a' has 2 rows"),
        ({"a": "text"}, "column 'a' is one str, not a sequence of values"),
        ({"a": 5}, "column 'a' is a int, not a sequence of values"),
        ({"a": [1, object()]}, "column 'a', row 1: no value has the type object"),
        ({"a": memoryview(b"abcd").cast("B", [2, 2])}, "column 'a' has 2 dimensions; a column has one"),
        ({"a": memoryview(b"abcd").cast("c")}, "column 'a' holds items of the buffer format 'c', which no value has"),
        ({3: [1]}, "column 3 is named by a int; columns are named by text"),
        ([1, 2], "list is no table"),
        ({"b": [1]}, "no column 'a'; there are: b"),
        ({"a": [None]}, "column 'a' is null in row 0"),
        ({"a": [1], "": [1]}, "column 1 has no name"),
    ],
)
def test_what_is_no_table_is_refused_by_name(data: Any, words: str) -> None:
    graph = pg.open_in_memory("open")
    with pytest.raises(pg.InvalidArgumentError, match=words):
        graph.add_nodes(data, label="City", key="a")
    assert graph.snapshot().node_count == 0


def test_what_is_no_text_or_end_is_refused() -> None:
    graph = pg.open_in_memory("open")
    with pytest.raises(pg.InvalidArgumentError, match="column 'a', row 1: a value holds half a surrogate pair"):
        graph.add_nodes({"a": ["x", "\ud800"]}, label="City")
    with pytest.raises(pg.InvalidArgumentError, match="label is empty"):
        graph.add_nodes({"a": ["x"]}, label="")
    with pytest.raises(pg.InvalidArgumentError, match="it is a label and a property"):
        graph.add_edges({"source": [1], "target": [1]}, type="ROAD", source_by=("City",))  # type: ignore[arg-type]
    with pytest.raises(pg.InvalidArgumentError, match="width is -5"):
        graph.query("RETURN 1").cite(width=-5)
    with pytest.raises(pg.InvalidArgumentError, match="gives no capsule"):
        graph.add_nodes(type("Odd", (), {"__arrow_c_stream__": lambda self: 5})(), label="City")


def test_a_type_no_value_has_is_refused_by_name() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    graph = pg.open_in_memory("open")
    for values, words in [
        (pyarrow.array([b"x"]), "column 'a' has the Arrow type 'z'"),
        (pyarrow.array([2**64 - 1], pyarrow.uint64()), "an integer past 63 bits"),
        (pyarrow.table({"x": [1], "y": [2]}), "column 'a' is a table of 2 columns"),
    ]:
        with pytest.raises(pg.InvalidArgumentError, match=words):
            graph.add_nodes({"a": values}, label="City")


def test_every_arrow_type_that_a_value_has_is_read() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    utc = datetime.timezone.utc
    when = datetime.datetime(2024, 5, 6, 10, 11, 12, 500_000)
    cases: list[tuple[Any, list[Any]]] = [
        (pyarrow.array([1, None], pyarrow.int8()), [1, None]),
        (pyarrow.array([1.5, None], pyarrow.float32()), [1.5, None]),
        (pyarrow.array(["a", "longer than twelve bytes", None], pyarrow.string_view()), ["a", "longer than twelve bytes", None]),
        (pyarrow.array(["a", None], pyarrow.large_string()).slice(1), [None]),
        (pyarrow.array(["a", None, "a"]).dictionary_encode(), ["a", None, "a"]),
        (pyarrow.array([Decimal("1.50"), None], pyarrow.decimal128(10, 2)), [Decimal("1.50"), None]),
        (pyarrow.array([when.date(), None], pyarrow.date64()), [when.date(), None]),
        (pyarrow.array([when.time(), None], pyarrow.time32("ms")), [when.time(), None]),
        (pyarrow.array([when, None], pyarrow.timestamp("ns")), [when, None]),
        (pyarrow.array([when.replace(tzinfo=utc)], pyarrow.timestamp("ms", "UTC")), [when.replace(tzinfo=utc)]),
        (pyarrow.array([[1, 2], [], None], pyarrow.list_(pyarrow.int16())).slice(0, 2), [[1, 2], []]),
        (pyarrow.array([[1, 2]], pyarrow.list_(pyarrow.int64(), 2)), [[1, 2]]),
        (pyarrow.array([[1, 2], [3]], pyarrow.list_view(pyarrow.int64())), [[1, 2], [3]]),
        (pyarrow.chunked_array([[True], [None, False]]), [True, None, False]),
    ]
    for values, wanted in cases:
        graph = pg.open_in_memory("open")
        keys = graph.add_nodes({"at": range(len(wanted)), "x": values}, label="Row")
        assert len(keys) == len(wanted)
        assert [row[0] for row in graph.query("MATCH (r:Row) RETURN r.x ORDER BY r.at")] == wanted, values.type


def test_the_manual_says_what_happens() -> None:
    failed, tried = doctest.testfile(str(DOCS / "tables.md"), module_relative=False, encoding="utf-8")
    assert tried > 8
    assert failed == 0
