"""What a notebook shows of each thing, and copies of things."""

from __future__ import annotations

import copy
import inspect
import pickle
import re
from typing import Any

import pytest

import policygraph as pg

PICTURE = r'<img class="policygraph-picture" alt="[^"<>]*" style="max-width:100%;height:auto" src="data:image/svg\+xml;base64,[A-Za-z0-9+/=]*">'
HOSTILE = "<script>alert('x')</script> & \"q\" </td></table><img src=x onerror=alert(1)>"


@pytest.fixture
def graph() -> pg.Graph:
    graph = pg.open_in_memory("open")
    with graph.begin("by:anna") as edit:
        edit.set_note(HOSTILE)
        a = edit.create_node(["City"], {"name": HOSTILE, HOSTILE: HOSTILE})
        b = edit.create_node("City", name="Khiva")
        edit.create_edge(a, "ROAD", b, {"km": HOSTILE})
    return graph


def things(graph: pg.Graph) -> list[Any]:
    results = graph.query("MATCH p = (a {name: $name})-[r]->(b) RETURN a, r, p", name=HOSTILE)
    row = results.one()
    return [graph, graph.snapshot(), results, row, results.table(mixed="text"), results.why(), results.why()[0], *row, row.evidence[0],
            graph.snapshot().documents[0], pg.questions()[0], graph.snapshot().verify(), graph.ask("acts_that_fund") if graph.schema == "policy" else results]


def test_every_thing_shows_itself_without_a_script(graph: pg.Graph) -> None:
    for thing in things(graph):
        html = thing._repr_html_()
        kind = type(thing).__name__
        assert not re.search(r"<\s*(script|img|iframe|object)|\son\w+\s*=\s*[^&\s]*\(|javascript:", re.sub(r"&lt;.*?&gt;|" + PICTURE, "", html)), kind
        assert html.count("<table") == html.count("</table>") <= 1, kind
        assert html.count("<bdi>") == html.count("</bdi>"), kind


def test_what_was_read_shows_its_diagnostics(tmp_path: Any) -> None:
    (tmp_path / "broken.html").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "note.txt").write_text("A note.")
    read = pg.open_in_memory().ingest(tmp_path)
    html = read._repr_html_()
    assert "documents" in html
    assert html.count("<li>") == len(read.diagnostics)


def test_every_class_has_a_short_repr(graph: pg.Graph) -> None:
    for thing in things(graph):
        assert len(repr(thing).splitlines()) == 1, type(thing)
        assert " object at 0x" not in repr(thing)
    for name in pg.__all__:
        one = getattr(pg, name)
        if inspect.isclass(one) and name not in ("DocumentText", "Recognizer"):
            assert one.__repr__ is not object.__repr__, name
    with graph.begin() as edit:
        draft = edit.node("City").set(name="Nukus")
        assert repr(draft) == "<NodeDraft City: 1 properties, not added yet>"
        draft.add()
        assert repr(draft).endswith("added>")


def test_what_never_changes_is_its_own_copy(graph: pg.Graph) -> None:
    results = graph.query("MATCH p = (a)-[r]->(b) RETURN a, r, p")
    for thing in [results, results[0], graph.snapshot(), *results[0], results[0].evidence[0]]:
        assert copy.copy(thing) is thing
        assert copy.deepcopy([thing])[0] is thing
    assert copy.deepcopy(results.to_dicts()) == results.to_dicts()


def test_graphs_are_pickled(graph: pg.Graph) -> None:
    for again in (pickle.loads(pickle.dumps(graph)), pickle.loads(pickle.dumps(graph.snapshot())), copy.deepcopy(graph)):
        assert again is not graph
        found = again.query("MATCH (a)-[r:ROAD]->(b) RETURN a.name AS name, r.km AS km, b.name AS other")
        assert found.to_dicts() == [{"name": HOSTILE, "km": HOSTILE, "other": "Khiva"}]
        assert HOSTILE in found[0].evidence[0].quote
    with pytest.raises(TypeError, match=r"pickle to_dicts\(\)"):
        pickle.dumps(graph.query("RETURN 1"))
