"""Python's types to values and back."""

import datetime as dt
import pickle
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import policygraph as pg

VALUES = [
    None,
    True,
    False,
    0,
    -(2**63),
    2**63 - 1,
    1.5,
    "",
    "текст ‘x’ 🙂",
    Decimal("4900000.00"),
    pg.PartialDate("2024/2029"),
    dt.date(2020, 10, 5),
    dt.time(21, 40, 32, 142000),
    dt.time(21, 40, tzinfo=dt.timezone(dt.timedelta(hours=5))),
    dt.datetime(2015, 7, 21, 21, 40),
    dt.datetime(2015, 7, 21, 21, 40, tzinfo=ZoneInfo("Europe/Stockholm")),
    dt.datetime(2015, 7, 21, 21, 40, tzinfo=dt.timezone(dt.timedelta(hours=-3))),
    pg.Duration("P14M3DT4H"),
    [1, "a", None, [2.5]],
    {"a": {"b": [1, 2]}},
]


@pytest.fixture(scope="module")
def graph() -> pg.Graph:
    return pg.open_in_memory("open")


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_comes_back_as_it_went_in(graph: pg.Graph, value: object) -> None:
    back = graph.query("RETURN $value AS value", value=value).scalar()
    assert back == value
    assert type(back) is type(value)


def test_a_decimal_keeps_its_digits(graph: pg.Graph) -> None:
    assert str(graph.query("RETURN $x", x=Decimal("4.90")).scalar()) == "4.90"


def test_a_timedelta_is_a_duration(graph: pg.Graph) -> None:
    assert graph.query("RETURN $x", x=dt.timedelta(days=2, seconds=3, microseconds=4)).scalar() == pg.Duration("P2DT3.000004S")


def test_a_tuple_is_a_list(graph: pg.Graph) -> None:
    assert graph.query("RETURN $x", x=(1, 2)).scalar() == [1, 2]


@pytest.mark.parametrize("value", [object(), {1: 2}, 2**64, {"a": object()}, b"bytes"], ids=["object", "key", "integer", "inside", "bytes"])
def test_what_is_no_value_is_refused(graph: pg.Graph, value: object) -> None:
    with pytest.raises(ValueError) as caught:
        graph.query("RETURN $x", x=value)
    assert isinstance(caught.value, pg.InvalidArgumentError)


class ManyNumbers:
    """As an array of several items, it is a number by its type and none when asked."""

    def __index__(self) -> int:
        raise TypeError("only one item can be a number")


def test_what_only_may_be_a_number_is_refused(graph: pg.Graph) -> None:
    with pytest.raises(pg.InvalidArgumentError, match="ManyNumbers"):
        graph.query("RETURN $value", value=ManyNumbers())


def test_scalars_of_numpy_are_values(graph: pg.Graph) -> None:
    np = pytest.importorskip("numpy")
    for given, value in [(np.float32(0.5), 0.5), (np.float64(0.25), 0.25), (np.bool_(True), True), (np.int64(-7), -7), (np.uint8(7), 7), (np.str_("a"), "a")]:
        back = graph.query("RETURN $x", x=given).scalar()
        assert back == value and type(back) is type(value)
    assert graph.query("RETURN $x", x=[np.float32(1.5), np.bool_(False)]).scalar() == [1.5, False]
    for refused in [np.array([1, 2]), np.array([1.5]), np.datetime64("2024-05-06"), np.complex64(1)]:
        with pytest.raises(pg.InvalidArgumentError, match="no value has the type"):
            graph.query("RETURN $x", x=refused)


def test_text_that_is_no_unicode_is_refused(graph: pg.Graph) -> None:
    cases: list[tuple[str, dict[str, Any]]] = [
        ("RETURN $x", {"x": "\ud800"}),
        ("RETURN $x", {"x": {"\ud800": 1}}),
        ("RETURN '\ud800'", {}),
        ("RETURN 1", {"\ud800": 1}),
    ]
    for text, parameters in cases:
        with pytest.raises(pg.InvalidArgumentError, match="half a surrogate pair"):
            graph.query(text, parameters)


def test_names_of_parameters_are_strings(graph: pg.Graph) -> None:
    with pytest.raises(pg.InvalidArgumentError, match="the name of a parameter is a string, not 1"):
        graph.query("RETURN 1", {1: 1})  # type: ignore[dict-item]


def test_bounds_are_counts_and_times(graph: pg.Graph) -> None:
    with pytest.raises(pg.InvalidArgumentError, match="max_rows is -1"):
        graph.query("RETURN 1", max_rows=-1)
    for timeout in (-1, float("nan"), -0.001):
        with pytest.raises(pg.InvalidArgumentError, match="timeout is"):
            graph.query("RETURN 1", timeout=timeout)
    assert graph.query("RETURN 1", timeout=float("inf")).scalar() == 1
    with pytest.raises(pg.LimitError):
        graph.query("UNWIND range(1, 10000000) AS x RETURN count(x)", timeout=0.0001)


def test_deep_nesting_is_refused(graph: pg.Graph) -> None:
    value: list[object] = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(pg.InvalidArgumentError, match="nested"):
        graph.query("RETURN $x", x=value)
    while value:  # so that it is not taken apart by recursion
        value = value.pop()  # type: ignore[assignment]


def test_partial_dates_are_ordered_hashed_and_pickled() -> None:
    year, month = pg.PartialDate("2024"), pg.PartialDate("2024-10")
    assert sorted([month, year]) == [year, month]
    assert len({year, pg.PartialDate("2024")}) == 1
    assert pickle.loads(pickle.dumps(month)) == month
    assert eval(repr(month), {"PartialDate": pg.PartialDate}) == month
    assert pg.PartialDate("../2029").earliest is None
    with pytest.raises(pg.FormatError):
        pg.PartialDate("yesterday")


def test_nodes_edges_and_paths(graph: pg.Graph) -> None:
    graph.query("CREATE (:City {name: 'Nukus'})-[:ON {since: 1932}]->(:River {name: 'Amu'})")
    path = graph.query("MATCH p = (:City {name: 'Nukus'})-[:ON]->() RETURN p").scalar()
    city, river = path.nodes
    (edge,) = path.edges
    assert (city.labels, city["name"], river.caption) == (["City"], "Nukus", "Amu")
    assert (edge.type, edge["since"], edge.source, edge.target) == ("ON", 1932, city, river)
    assert city.get("population", 0) == 0
    with pytest.raises(KeyError):
        city["population"]
    assert repr(city) == f"<Node {city.key}: City 'Nukus'>"
    assert graph.query("MATCH (c) WHERE id(c) = $key RETURN c", key=city.key).scalar() == city
