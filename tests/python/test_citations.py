"""What an answer rests on, written down."""

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path

import pytest

import policygraph as pg

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "<script>alert(1)</script> & \"quotes\" [x](javascript:1) $x$ \\end{document}"


@pytest.fixture(scope="module")
def graph() -> pg.Graph:
    graph = pg.open_in_memory()
    graph.ingest(ROOT / "examples" / "documents")
    return graph


@pytest.fixture(scope="module")
def answer(graph: pg.Graph) -> pg.Results:
    return graph.query("MATCH (a:LegalAct)-[:AUTHORISES]->(f:Funding)-[:FUNDS]->(p:Programme) RETURN a.number, f.amount, p.name ORDER BY a.number, f.amount")


@pytest.fixture
def hostile() -> pg.Results:
    graph = pg.open_in_memory("open")
    graph.add_nodes({"name": [HOSTILE]}, label="City", author="by:anna", note=HOSTILE)
    return graph.query("MATCH (c:City) RETURN c.name AS name")


def test_annotations_find_their_passages(graph: pg.Graph, answer: pg.Results) -> None:
    annotations = json.loads(answer.cite("web-annotation"))
    assert len(annotations) > 10
    assert len({one["id"] for one in annotations}) == len(annotations)
    texts = {one.uri: graph.snapshot().text(one.id) for one in graph.snapshot().documents}
    for one in annotations:
        quote, position = one["target"]["selector"]
        text = texts[one["target"]["source"]]
        assert text is not None
        assert text[position["start"] : position["end"]] == quote["exact"]
        whole = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert text[position["start"] - len(quote["prefix"]) :].startswith(whole)
        assert ("moved " + text.upper() + text).count(whole) >= 1, "found by its words where the place is another"


def test_bibliographies_name_each_document_once(graph: pg.Graph, answer: pg.Results) -> None:
    cited = {citation.document for row in answer for citation in row.evidence}
    items = json.loads(answer.cite("csl-json"))
    assert len(items) == len(cited) > 3
    sources = {one.uri: one for one in graph.snapshot().documents}
    for item in items:
        source = sources[item["URL"]]
        assert item["title"] == source.title
        assert item["issued"]["date-parts"] == [[source.published.earliest.year, source.published.earliest.month, source.published.earliest.day]]
    keys = re.findall(r"^@misc\{(\w+),$", answer.cite("bibtex"), re.MULTILINE)
    assert keys == [item["id"] for item in items]


def test_slices_are_cited(answer: pg.Results) -> None:
    part = answer[1:2]
    assert len(json.loads(part.cite("csl-json"))) < len(json.loads(answer.cite("csl-json")))
    assert "1 row\n" in part.cite()
    assert part.cite("markdown").count("\n| ") == 2  # the rule and the row
    assert part.why()[0] == answer.why(1)[0] == answer.why(answer[1])[0]
    with pytest.raises(IndexError):
        part.why(1)


def test_why_shows_the_sentence(graph: pg.Graph, answer: pg.Results) -> None:
    for row in answer:
        for one in answer.why(row):
            text = graph.snapshot().text(one.citation.document)
            assert text is not None
            assert one.before + one.citation.quote + one.after in text
            assert "\n\n" not in one.before + one.after
    assert "»" in str(answer.why())
    assert re.fullmatch(r"<Why: \d+ passages?>", repr(answer.why()))


def test_what_documents_say_is_escaped(hostile: pg.Results) -> None:
    html = hostile.why()._repr_html_()
    assert "<script>" not in html
    assert "<mark>&lt;script&gt;" in html
    markdown = hostile.cite("markdown")
    assert "\\<script\\>" in markdown
    assert not re.search(r"(?<!\\)[<$]script|\]\(javascript|(?<!\\)\$", markdown)
    assert "\\textbackslash{}end\\{document\\}" in hostile.cite("bibtex")
    assert json.loads(hostile.cite("web-annotation"))[0]["target"]["selector"][0]["exact"] == HOSTILE


def test_without_evidence(graph: pg.Graph) -> None:
    plain = graph.query("MATCH (a:LegalAct) RETURN a.number LIMIT 1", evidence=False)
    assert str(plain.why()) == "no evidence"
    assert plain.why()._repr_html_() == "<p>no evidence</p>"
    assert json.loads(plain.cite("csl-json")) == []
    with pytest.raises(ValueError, match="unknown style 'apa'"):
        plain.cite("apa")  # type: ignore[arg-type]


def test_an_answer_without_rows_cites_candidates() -> None:
    nothing = pg.open_in_memory().ask("acts_that_fund")
    assert nothing.cite("markdown").startswith("no evidence\n\n|")
    assert nothing.cite("bibtex") == ""


def test_the_manual_says_what_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / "docs" / "citations.md"), module_relative=False, encoding="utf-8")
    assert tried > 4
    assert failed == 0


def test_a_row_names_each_note_once() -> None:
    graph = pg.open_in_memory()
    graph.ingest(ROOT / "examples" / "documents")
    rows = graph.query("MATCH (f:Funding)-[r]-(x) RETURN f.amount, count(x)")
    twice = [row for row in rows if len({(one.document, one.start, one.end) for one in row.evidence}) < len(row.evidence)]
    assert twice  # two claims rest on one passage
    for line in rows.cite(width=0).splitlines():
        marks = re.findall(r"\[\d+\]", line) if line.startswith("│") else []
        assert len(marks) == len(set(marks)), line
