"""Prepared queries: what they answer, what they refuse, and what they leave in memory."""

import decimal
import gc
import pickle
import sys
import threading
from typing import Any

import pytest

import policygraph as pg

CITIES = "UNWIND range(1, 3000) AS i CREATE (:City {code: i, name: 'city ' + toString(i), share: decimal('0.5') * i, open: i % 2 = 0})"
VALUES = "MATCH (c:City) WHERE c.code <= $most RETURN c.code, c.name, c.share, c.open, c.mayor, [c.code, 1.5], c ORDER BY c.code"


@pytest.fixture
def snapshot() -> pg.Snapshot:
    graph = pg.open_in_memory("open")
    graph.query(CITIES)
    return graph.snapshot()


def plain(rows: Any) -> list[list[Any]]:
    return [[value.key if isinstance(value, pg.Node) else value for value in row] for row in rows]


def test_it_answers_as_a_query_does(snapshot: pg.Snapshot) -> None:
    prepared = snapshot.prepare(VALUES)
    for most in (0, 1, 7, 3000):
        asked = snapshot.query(VALUES, most=most)
        expected = plain(asked)
        assert plain(prepared.tuples(most)) == plain(prepared.tuples(most=most)) == plain(prepared.run(most=most)) == expected
        assert plain(asked.to_tuples()) == expected
        assert plain(asked[::-2].to_tuples()) == expected[::-2]
        assert plain(asked[1:5]) == plain(asked[1:5].to_tuples()) == expected[1:5]
    assert prepared.tuples(1)[0][2] == decimal.Decimal("0.5")
    assert prepared.columns[0] == "c.code"
    assert prepared.parameters == ["most"]


def test_its_rows_know_their_sources_where_that_was_asked() -> None:
    graph = pg.open_in_memory("open")
    with graph.begin("by:anna") as edit:
        edit.set_note("Nukus is a city.")
        edit.create_node("City", name="Nukus")
    text = "MATCH (c:City) RETURN c.name"
    assert graph.snapshot().prepare(text).run().one().evidence[0].quote == "Nukus is a city."
    assert graph.snapshot().prepare(text, evidence=False).run().one().evidence == []


def test_values_come_in_order_or_by_name(snapshot: pg.Snapshot) -> None:
    six = snapshot.prepare("RETURN [$f, $e, $d, $c, $b, $a] AS all", evidence=False)
    assert six.parameters == ["f", "e", "d", "c", "b", "a"]
    assert six.tuples(1, 2, 3, 4, 5, 6) == six.tuples(1, 2, a=6, c=4, b=5, d=3) == [([1, 2, 3, 4, 5, 6],)]
    assert six.tuples(**{"a": None, "b": True, "c": "o" * 3, "d": 0.5, "e": [1], "f": {"x": 1}}) == [([{"x": 1}, [1], 0.5, "ooo", True, None],)]
    own_name = "".join(["co", "de"])  # not the text that Python keeps for it
    assert snapshot.prepare("RETURN $code").tuples(**{own_name: 1}) == [(1,)]
    assert snapshot.prepare("RETURN $self AS self").run(self=1).scalar() == 1


@pytest.mark.parametrize(
    ("values", "named", "text"),
    [
        ((), {}, "parameter $code has no value"),
        ((1, 2), {}, "the query has 1 parameters, and 2 values are given"),
        ((1,), {"code": 2}, "parameter 'code' is given twice"),
        ((), {"cod": 2}, r"parameter \$code has no value; did you mean 'cod'"),
        ((1,), {"other": 2}, r"the query has no parameter \$other"),
        ((object(),), {}, "no value has the type object"),
        ((1,), {"\ud800": 2}, "half a surrogate pair"),
        ((2**80,), {}, "past 64 bits"),
    ],
)
def test_it_says_what_is_wrong_with_the_values(snapshot: pg.Snapshot, values: tuple[Any, ...], named: dict[str, Any], text: str) -> None:
    prepared = snapshot.prepare("MATCH (c:City {code: $code}) RETURN c.name")
    for call in (prepared.tuples, prepared.run):
        with pytest.raises(pg.Error, match=text.replace("$code", r"\$code") if "\\" not in text else text):
            call(*values, **named)
    assert prepared.tuples(3) == [("city 3",)]


def test_what_it_cannot_prepare_is_refused(snapshot: pg.Snapshot) -> None:
    with pytest.raises(pg.QuerySyntaxError):
        snapshot.prepare("MATCH (c RETURN c")
    with pytest.raises(pg.InvalidArgumentError, match="a snapshot never changes"):
        snapshot.prepare("CREATE (:City)")
    with pytest.raises(pg.ArgumentTypeError, match="the query is None; it is a text"):
        snapshot.prepare(None)  # type: ignore[arg-type]
    with pytest.raises(pg.InvalidArgumentError, match="half a surrogate pair"):
        snapshot.prepare("RETURN '\ud800'")


def test_limits_hold_for_each_call(snapshot: pg.Snapshot) -> None:
    with pytest.raises(pg.LimitError, match="more than 5 rows"):
        snapshot.prepare(VALUES, max_rows=5).tuples(6)
    slow = snapshot.prepare("MATCH (a:City), (b:City), (c:City) WHERE a.code + b.code + c.code = -1 RETURN a", timeout=0.05)
    with pytest.raises(pg.LimitError, match="longer than 50 ms"):
        slow.tuples()


def test_a_question_that_takes_longer_is_answered_too(snapshot: pg.Snapshot) -> None:
    counted = snapshot.prepare("MATCH (a:City), (b:City) WHERE a.code < b.code AND b.code < $most RETURN count(*)", evidence=False)
    assert counted.tuples(600) == [(599 * 598 // 2,)]


def test_it_leaves_nothing_behind(snapshot: pg.Snapshot) -> None:
    prepared = snapshot.prepare("MATCH (c:City {code: $code}) RETURN c.name, c.share", evidence=False)
    argument, type_count = 3000, sys.getrefcount(pg.PreparedQuery)
    before = sys.getrefcount(argument)
    for _ in range(500):
        prepared.tuples(argument)
        prepared.tuples(code=argument)
        snapshot.prepare("RETURN 1")
    gc.collect()
    assert sys.getrefcount(argument) - before < 10
    assert sys.getrefcount(pg.PreparedQuery) - type_count < 10


def test_rows_of_plain_values_are_left_to_no_collector(snapshot: pg.Snapshot) -> None:
    row, with_list = snapshot.query("RETURN 1, 'a', 0.5").to_tuples()[0], snapshot.query("RETURN [1]").to_tuples()[0]
    assert not gc.is_tracked(row)
    assert gc.is_tracked(with_list)


def test_threads_may_ask_it_together(snapshot: pg.Snapshot) -> None:
    prepared = snapshot.prepare("MATCH (c:City {code: $code}) RETURN c.name", evidence=False)
    wrong: list[int] = []

    def ask(first: int) -> None:
        wrong.extend(code for code in range(first, 3000, 4) if prepared.tuples(code) != [(f"city {code}",)])

    threads = [threading.Thread(target=ask, args=(first,)) for first in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_it_is_no_thing_to_pickle(snapshot: pg.Snapshot) -> None:
    with pytest.raises(TypeError, match="pickle its text"):
        pickle.dumps(snapshot.prepare("RETURN 1"))
