"""Procedures written in Python, PROFILE, and why_not."""

from __future__ import annotations

import datetime
import decimal
import gc
import pathlib
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


def test_the_clock_is_the_one_given() -> None:
    graph = pg.open_in_memory()
    zone = datetime.timezone(datetime.timedelta(hours=5))
    for now in (datetime.datetime(2024, 5, 6, 10, 30), datetime.datetime(2024, 5, 6, 15, 30, tzinfo=zone)):
        assert str(graph.query("RETURN toString(datetime()) AS t", now=now).scalar()) == "2024-05-06T10:30Z"
    assert graph.snapshot().query("RETURN date() AS d", now=datetime.datetime(1969, 12, 31, 23, 59)).scalar() == datetime.date(1969, 12, 31)
    with pytest.raises(pg.InvalidArgumentError, match="now is a datetime.datetime"):
        graph.query("RETURN 1", now="today")  # type: ignore[arg-type]


def test_rates_convert_and_are_named() -> None:
    rates = [
        pg.ExchangeRate("USD", "UZS", decimal.Decimal("12600"), datetime.date(2024, 1, 1), "January"),
        pg.ExchangeRate("USD", "UZS", decimal.Decimal("12650.5"), datetime.date(2024, 5, 6), "May"),
    ]
    graph = pg.open_in_memory()
    call = "CALL money.convert(decimal('1.10'), 'USD', 'UZS', date('2024-03-01')) YIELD amount, rate, date, source RETURN amount, rate, date, source"
    for rows in (graph.query(call, rates=rates), graph.snapshot().query(call, rates=iter(rates))):
        assert rows.to_dicts() == [
            {"amount": decimal.Decimal("13860.00"), "rate": decimal.Decimal("12600"), "date": datetime.date(2024, 1, 1), "source": "January"}
        ]
    with pytest.raises(pg.Error, match="no rate from USD to EUR"):
        graph.query("CALL money.convert(1, 'USD', 'EUR', null)", rates=rates)
    with pytest.raises(pg.QueryError, match="unknown procedure"):
        graph.query("CALL money.convert(1, 'USD', 'EUR', null)")


@pytest.mark.parametrize("field, value, text", [(2, 1.5, "not exact"), (3, "2024-01-01", r"of a datetime\.date"), (2, decimal.Decimal(0), "above zero")])
def test_rates_that_do_not_fit_are_refused(field: int, value: object, text: str) -> None:
    rate = ["USD", "UZS", decimal.Decimal(1), datetime.date(2024, 1, 1), "x"]
    rate[field] = value  # type: ignore[call-overload]
    with pytest.raises(pg.InvalidArgumentError, match=text):
        pg.open_in_memory().query("RETURN 1", rates=[rate])  # type: ignore[list-item]


def test_names_and_texts_are_found_and_cited(tmp_path: pathlib.Path) -> None:
    (tmp_path / "note.txt").write_text("Presidential Decree No. PF-6079 dated October 5, 2020 was signed. Mahalla banks give grants for clean water.")
    graph = pg.open_in_memory()
    graph.ingest(tmp_path)
    row = graph.query("CALL text.search('\"clean water\" grant*') YIELD node, quote, line RETURN node, quote, line").one()
    assert (row["node"].labels, row["quote"], row["line"]) == (["Document"], "Mahalla banks give grants for clean water.", 1)
    assert row["quote"] in [citation.quote for citation in row.evidence if citation.extractor == "text.search/1"]
    with graph.begin() as edit:
        edit.create_node("Person", name="Farkhod Akhmedov")
    found = graph.query("CALL names.similar('Фарход Ахмедов') YIELD node, score, name RETURN score, name").one()
    assert (found["score"], found["name"], found.evidence[0].extractor) == (1.0, "Farkhod Akhmedov", "by:hand")
