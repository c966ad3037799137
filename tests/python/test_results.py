"""Answers: rows, evidence, tables."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import policygraph as pg

HOSTILE = "<script>alert(1)</script> & \"quotes\" </td>"


@pytest.fixture
def graph(tmp_path: Path) -> pg.Graph:
    (tmp_path / "note.txt").write_text("Note\n\nPresidential Decree No. PF-6079 dated October 5, 2020 approved the strategy.\n")
    graph = pg.open_in_memory()
    assert graph.ingest(tmp_path).documents == 1
    return graph


def test_a_row_names_the_words_it_rests_on(graph: pg.Graph) -> None:
    row = graph.query("MATCH (a:LegalAct) RETURN a.number AS number, a.date AS date").one()
    assert row["number"] == "PF-6079"
    assert row["date"] == pg.PartialDate("2020-10-05")
    citation = row.evidence[0]
    assert "PF-6079" in citation.quote
    text = graph.snapshot().text(citation.document)
    assert text is not None
    assert text[citation.start : citation.end] == citation.quote


def test_without_evidence_the_answer_is_the_same(graph: pg.Graph) -> None:
    text = "MATCH (a:LegalAct) RETURN a.number"
    plain = graph.query(text, evidence=False)
    assert plain.to_dicts() == graph.query(text).to_dicts()
    assert plain[0].evidence == []


def test_results_are_a_sequence() -> None:
    results = pg.open_in_memory().query("UNWIND range(0, 9) AS n RETURN n, n * n AS square")
    assert len(results) == 10
    assert [row[0] for row in results[::-3]] == [9, 6, 3, 0]
    assert results[-1].to_dict() == {"n": 9, "square": 81}
    assert results[2:4][1]["n"] == 3
    assert [n for n, _ in results][:3] == [0, 1, 2]
    with pytest.raises(IndexError):
        results[10]
    with pytest.raises(KeyError, match="there are: n, square"):
        results[0]["m"]
    with pytest.raises(ValueError, match="found 10"):
        results.one()


def test_rows_are_chosen_by_number() -> None:
    results = pg.open_in_memory("open").query("UNWIND range(0, 9) AS n RETURN n, n * n AS square")
    wrong: Any = "square"
    with pytest.raises(pg.ArgumentTypeError, match=r"row is of the type str; it is a number or a slice; the column of that name is \[row\['square'\] for row in results\]"):
        results[wrong]
    for ask in (lambda: results[1000], lambda: results.why(1000), lambda: results[:3].why(3)):
        with pytest.raises(IndexError, match=r"row \d+ of"):
            ask()
    with pytest.raises(pg.ArgumentTypeError, match="row is of the type float"):
        results.why(1.5)  # type: ignore[arg-type]
    with pytest.raises(IndexError, match="column 2 of 2"):
        results[0][2]
    wrong = None
    with pytest.raises(pg.ArgumentTypeError, match="column is of the type NoneType"):
        results[0][wrong]


def test_why_is_asked_of_the_answer_that_gave_the_row(graph: pg.Graph) -> None:
    first = graph.query("MATCH (a:LegalAct) RETURN a.number")[0]
    other = graph.query("RETURN 1 AS n")
    assert len(other.why(first)) == len(graph.query("MATCH (a:LegalAct) RETURN a.number").why(0)) > 0


def test_forms_of_an_answer(graph: pg.Graph) -> None:
    results = graph.query("MATCH (a:LegalAct) RETURN a.number AS number")
    assert list(csv.reader(io.StringIO(results.to_csv())))[1] == ["PF-6079"]
    (row,) = json.loads(results.to_json(evidence=True))
    assert row["number"] == "PF-6079"
    assert row["_evidence"]
    assert "[1] “" in results.cite()
    assert repr(results) == "<Results: 1 row; number>"


def test_the_table_escapes_all_text() -> None:
    graph = pg.open_in_memory("open")
    graph.query("CREATE (:City {name: $name})", name=HOSTILE)
    html = graph.query("MATCH (c:City) RETURN c, c.name AS `<b>`")._repr_html_()
    assert "<script>" not in html
    assert "<b>" not in html
    assert html.count("&lt;script&gt;") >= 2
    assert "<details><summary>1 source</summary>" in html


def test_the_table_shows_no_more_than_it_says() -> None:
    html = pg.open_in_memory().query("UNWIND range(1, 60) AS n RETURN n")._repr_html_()
    assert "60 rows, the first 50 shown" in html
    assert html.count("<tr>") == 51


def test_counts_and_notifications() -> None:
    graph = pg.open_in_memory("open")
    assert graph.query("CREATE (:A {x: 1})-[:R]->(:B)").counts["nodes_created"] == 2
    assert graph.query("MATCH (n:Nowhere) RETURN n").notifications


def test_a_question_without_an_answer_says_so(graph: pg.Graph) -> None:
    answer = graph.ask("acts_that_fund")
    assert not answer
    assert answer.candidates is not None
    assert "No evidence" in answer._repr_html_()
    assert answer.cite().startswith("no evidence")
    with pytest.raises(pg.NotFoundError):
        graph.ask("acts_that_found")


def test_many_rows_read_as_one_by_one() -> None:
    results = pg.open_in_memory("open").query("UNWIND range(0, 2500) AS n RETURN n, CASE WHEN n % 3 = 0 THEN null ELSE toString(n) END AS t")
    for some in (results, results[5:], results[::-7], results[2000:2008], results[:7], results[9:9], results[::-1][1030:]):
        read = list(some)
        assert read == [some[i] for i in range(len(some))]
        assert [row.to_dict() for row in read] == some.to_dicts()
        assert [row["t"] for row in reversed(some)] == [row["t"] for row in read][::-1]
    assert list(pg.open_in_memory("open").query("CREATE (:A)")) == []
