"""Procedures written in Python, PROFILE, and why_not."""

from __future__ import annotations

import gc
import weakref

import policygraph as pg
import pytest


def test_a_procedure_takes_arguments_and_gives_rows() -> None:
    graph = pg.open_in_memory("open")
    twice = {"twice(of :: LIST) :: (item :: ANY?, n :: INTEGER)": lambda items: [(item, 2) for item in items]}
    rows = graph.query("UNWIND [[1, null], ['x']] AS l CALL twice(l) YIELD item, n RETURN item, n", procedures=twice)
    assert rows.to_dicts() == [{"item": 1, "n": 2}, {"item": None, "n": 2}, {"item": "x", "n": 2}]


def test_a_procedure_may_take_nodes() -> None:
    graph = pg.open_in_memory("open")
    graph.query("CREATE (:Act {number: 'PF-1'})")
    name = {"name_of(node :: NODE) :: (name :: STRING)": lambda node: [(node["number"].lower(),)]}
    assert graph.query("MATCH (a:Act) CALL name_of(a) YIELD name RETURN name", procedures=name).to_dicts() == [{"name": "pf-1"}]


def test_what_a_procedure_raises_is_told_with_its_place() -> None:
    def fails() -> list[tuple[int]]:
        raise KeyError("no rate")

    with pytest.raises(pg.Error, match="KeyError: 'no rate'") as caught:
        pg.open_in_memory("open").query("CALL fails()", procedures={"fails() :: (x :: INTEGER)": fails})
    assert (caught.value.line, caught.value.column) == (1, 6)


@pytest.mark.parametrize("answer", [[1], [(1, 2)], [("a",)], 5])
def test_rows_that_do_not_fit_are_refused(answer: object) -> None:
    with pytest.raises(pg.Error):
        pg.open_in_memory("open").query("CALL bad()", procedures={"bad() :: (x :: INTEGER)": lambda: answer})  # type: ignore[dict-item, return-value]


def test_an_unknown_procedure_has_type_phase_and_detail() -> None:
    with pytest.raises(pg.QueryError) as caught:
        pg.open_in_memory("open").query("CALL none()")
    error = caught.value
    assert (error.type, error.phase, error.detail) == ("ProcedureError", "compile time", "ProcedureNotFound")


def test_a_function_is_let_go_of() -> None:
    class Rates:
        def __call__(self) -> list[tuple[int]]:
            return [(1,)]

    rates = Rates()
    watched = weakref.ref(rates)
    graph = pg.open_in_memory("open")
    rows = graph.query("CALL one() YIELD x RETURN x", procedures={"one() :: (x :: INTEGER)": rates})
    assert rows.to_dicts() == [{"x": 1}]
    del rates, rows
    gc.collect()
    assert watched() is None


def test_profile_counts_rows() -> None:
    graph = pg.open_in_memory("open")
    graph.query("UNWIND range(1, 5) AS i CREATE (:A {v: i})")
    steps = {row["step"]: row["rows"] for row in graph.query("PROFILE MATCH (a:A) WHERE a.v > 3 RETURN a.v").to_dicts()}
    assert steps["scan a:A"] == 5
    assert steps["filter (a.v > 3)"] == 2


def test_why_not_names_the_condition() -> None:
    graph = pg.open_in_memory("open")
    graph.query("CREATE (:A {v: 1})")
    found = graph.why_not("MATCH (a:A) WHERE a.v > $least RETURN a.v AS v", {"v": 1}, {"least": 2})
    assert (found.is_there, found.lost_at, found.line, found.column, found.rows_before) == (False, "a.v > $least", 1, 19, 1)
    assert graph.why_not("MATCH (a:A) RETURN a.v AS v", {"v": 1}).is_there
