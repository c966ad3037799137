"""What calls refuse: always an error of ours, which names the argument and what it may be."""

from __future__ import annotations

import datetime
import pathlib
from collections.abc import Callable
from typing import Any

import pytest

import policygraph as pg

LONE = "\ud800"



def node_of_another() -> pg.Node:
    graph = pg.open_in_memory("open")
    graph.add_nodes({"n": [1]}, label="A")
    return graph.snapshot().nodes("A")[0]


REFUSED: list[tuple[str, Callable[[pg.Graph], object], str]] = [
    ("width", lambda g: g.query("RETURN 1").cite(width=-5), "width is -5; it is at least 0"),
    ("no width", lambda g: g.query("RETURN 1").cite(width=None), "width is None; it is a whole number"),  # type: ignore[arg-type]
    ("style", lambda g: g.query("RETURN 1").cite(5), "style is of the type int; it is a text"),  # type: ignore[arg-type]
    ("mentions below 0", lambda g: g.ingest(max_mentions=-1), "max_mentions is -1"),
    ("mentions past all", lambda g: g.ingest(max_mentions=2**70), "max_mentions is past 9223372036854775807"),
    ("no mentions", lambda g: g.ingest(max_mentions=None), "max_mentions is None"),  # type: ignore[arg-type]
    ("a truth as a count", lambda g: g.ingest(threads=True), "threads is of the type bool"),
    ("a path", lambda g: g.ingest(5), "a path is of the type int"),  # type: ignore[arg-type]
    ("progress", lambda g: g.ingest(progress="yes"), "progress is of the type str"),  # type: ignore[arg-type]
    ("a query", lambda g: g.query(5), "the query is of the type int"),  # type: ignore[arg-type]
    ("half a pair", lambda g: g.query("RETURN '" + LONE + "'"), "the query holds half a surrogate pair"),
    ("timeout", lambda g: g.query("RETURN 1", timeout=-1), "timeout is -1; it is at least 0"),
    ("no number", lambda g: g.query("RETURN 1", timeout=float("nan")), "timeout is nan"),
    ("parameters", lambda g: g.query("RETURN 1", [1]), "parameters is of the type list"),  # type: ignore[arg-type]
    ("evidence", lambda g: g.query("RETURN 1").table(evidence="yes"), "evidence is of the type str; it is True or False"),  # type: ignore[arg-type]
    ("evidence of CSV", lambda g: g.query("RETURN 1").to_csv(evidence=1), "evidence is of the type int"),  # type: ignore[arg-type]
    ("label", lambda g: g.add_nodes({"a": [1]}, label=""), "label is empty"),
    ("label by half", lambda g: g.add_nodes({"a": [1]}, label=LONE), "label holds half a surrogate pair"),
    ("no label", lambda g: g.add_nodes({"a": [1]}, label=None), "label is None; it is a text, or several"),  # type: ignore[arg-type]
    ("key", lambda g: g.add_nodes({"a": [1]}, label="A", key=["a", "a"]), "key names 'a' twice"),
    ("column", lambda g: g.add_nodes({LONE: [1]}, label="A"), "the name of a column holds half a surrogate pair"),
    ("author", lambda g: g.begin(""), "author is empty"),
    ("author of a table", lambda g: g.add_nodes({"a": [1]}, label="A", author=""), "author is empty"),
    ("note", lambda g: g.add_nodes({"a": [1]}, label="A", note=LONE), "note holds half a surrogate pair"),
    ("one end", lambda g: g.add_edges({"source": [1], "target": [1]}, type="R", source_by=("C",)), "source_by is ..C.,.; it is a label and a property"),  # type: ignore[arg-type]
    ("an end of numbers", lambda g: g.add_edges({}, type="R", target_by=(1, 2)), "target_by is .1, 2.; it is a label"),  # type: ignore[arg-type]
    ("property", lambda g: g.begin().create_node("A", {LONE: 1}), "the name of a property holds half a surrogate pair"),
    ("name of a property", lambda g: g.begin().create_node("A", {5: 1}), "the name of a property is a string, not 5"),  # type: ignore[dict-item]
    ("an end that is none", lambda g: g.begin().create_edge("a", "R", 1), "source is of the type str; it is a node, or its key"),  # type: ignore[arg-type]
    ("date", lambda g: g.as_of(2024), "date is of the type int; it is a date"),  # type: ignore[arg-type]
    ("a partial date", lambda g: pg.PartialDate(2024), "the date is of the type int; it is a text as '2024-05', or a datetime.date"),  # type: ignore[arg-type]
    ("schema", lambda g: pg.open_in_memory(5), "schema is of the type int"),  # type: ignore[arg-type]
    ("damping", lambda g: g.snapshot().pagerank(damping="high"), "damping is of the type str; it is a number"),  # type: ignore[arg-type]
    ("start", lambda g: g.snapshot().levels("a"), "start is of the type str"),  # type: ignore[arg-type]
    ("nodes of a page", lambda g: g.write_page("page.html", max_nodes=-1), "max_nodes is -1"),
    ("hops", lambda g: node_of_another().around(-1), "hops is -1"),
    ("an end that is no node", lambda g: node_of_another().shortest_route(5), "to is of the type int; it is a node"),  # type: ignore[arg-type]
    ("types", lambda g: node_of_another().reach(1, types=5), "types is of the type int"),  # type: ignore[arg-type]
    ("key of a node", lambda g: g.snapshot().node(-1), "key is -1"),
]


@pytest.mark.parametrize(("call", "words"), [(call, words) for _, call, words in REFUSED], ids=[name for name, _, _ in REFUSED])
def test_what_cannot_be_is_refused_by_name(call: Callable[[pg.Graph], object], words: str) -> None:
    graph = pg.open_in_memory("open")
    with pytest.raises(pg.InvalidArgumentError, match=words):
        call(graph)
    assert graph.snapshot().node_count == 0


def test_a_wrong_type_is_a_type_error_too() -> None:
    with pytest.raises(TypeError) as told:
        pg.open_in_memory().query(5)  # type: ignore[arg-type]
    assert isinstance(told.value, ValueError)


def test_paths_dates_and_numbers_of_other_packages(tmp_path: pathlib.Path) -> None:
    numpy = pytest.importorskip("numpy")
    (tmp_path / "note.txt").write_text("Presidential Decree No. PF-6079 dated October 5, 2020 was signed.", encoding="utf-8")
    graph = pg.open_in_memory()
    graph.ingest(tmp_path / "note.txt", max_mentions=numpy.int64(10), threads=numpy.uint8(1))
    assert graph.query("MATCH (a:LegalAct) RETURN a.number", timeout=numpy.float64(5)).table(evidence=numpy.bool_(True)).schema.keys() == {"a.number", "_evidence"}
    day = datetime.date(2024, 5, 6)
    assert pg.PartialDate(day) == pg.PartialDate(datetime.datetime(2024, 5, 6, 7)) == pg.PartialDate("2024-05-06")
    assert repr(graph.as_of(day)) == repr(graph.as_of(datetime.datetime(2024, 5, 6, 7))) == repr(graph.as_of("2024-05-06"))
    with graph.begin("by:anna") as edit:
        act, programme = edit.create_node("Decree", jurisdiction="UZ", kind="decree", number="PF-1"), edit.create_node("Programme", name="Trams", kind="project")
        edit.edge(act, "APPROVES", programme).valid(datetime.date(2020, 1, 1), day).add()
    assert graph.as_of("2024").edge_count == graph.as_of("2019").edge_count + 1


class Flagged:
    """As NumPy's arrays of truths: no single truth."""

    dtype = type("T", (), {"kind": "b"})
    ndim = 1


def test_an_array_of_truths_is_no_truth() -> None:
    with pytest.raises(pg.InvalidArgumentError, match="evidence is of the type Flagged"):
        pg.open_in_memory().query("RETURN 1", evidence=Flagged())  # type: ignore[arg-type]


def test_properties_called_as_what_networkx_is_told_stay() -> None:
    pytest.importorskip("networkx")
    graph = pg.open_in_memory("open")
    names: dict[str, Any] = {"node_for_adding": 1, "labels": "mine", "caption": "x", "caption_": "y", "key": 5}
    with graph.begin() as edit:
        one, other = edit.create_node("A", names), edit.create_node("A")
        edit.create_edge(one, "R", other, {"type": "road", "u_for_edge": 2, "key": 7})
    found = graph.query("MATCH (a)-[r]->(b) RETURN a, r, b").to_networkx()
    assert found.nodes[one] == {"labels": ["A"], "caption": found.nodes[one]["caption"], "labels_": "mine", "caption_": "y", "caption__": "x", "node_for_adding": 1, "key": 5}
    (_, _, attributes), = found.edges(data=True)
    assert attributes == {"type": "R", "type_": "road", "u_for_edge": 2, "key": 7}


def test_an_answer_is_a_sequence_of_rows() -> None:
    graph = pg.open_in_memory()
    with graph.begin() as edit:
        act, programme = edit.create_node("Decree", jurisdiction="UZ", kind="decree", number="PF-1"), edit.create_node("Programme", name="Trams", kind="project")
        agency = edit.create_node("Organization", name="City", kind="government")
        edit.create_edge(programme, "IMPLEMENTED_BY", agency)
        edit.create_edge(act, "APPROVES", programme)
    answer = graph.ask("who_implements", programme="Trams")
    assert answer[0] == next(iter(answer)) == answer[-1]
    assert len(answer[:1]) == len(answer[::-1]) == len(answer) == 1
    assert answer.columns == answer[0].columns
    assert answer.to_csv().splitlines()[0] == ",".join(answer.columns)
    with pytest.raises(IndexError):
        answer[5]
    assert isinstance(answer[:1], pg.Answer)
    assert answer[:1].sentences == answer.sentences
    assert answer[1:].sentences == []
    assert len(answer[1:]) == 0
    assert answer[:1].question.name == answer.question.name


def test_cheap_methods_name_what_is_wrong_too() -> None:
    graph = pg.open_in_memory("open")
    graph.query("CREATE (:City {name: 'Nukus'})-[:ON]->(:River {name: 'Amu'})")
    city, = graph.snapshot().nodes("City")
    edge, = city.out_edges()
    wrong: Any = 5
    for call, words in [
        (lambda: city.out(wrong), "type is of the type int; it is a text"),
        (lambda: city.in_(None), "type is None; it is a text"),
        (lambda: city.out_edges(typ="ON"), "out_edges has no argument 'typ'; it has: type"),
        (lambda: city.in_edges("ON", "OFF"), "in_edges takes 1 argument at most; 2 were given"),
        (lambda: city.out("ON", type="ON"), "out takes 1 argument at most|type of out is given twice"),
        (lambda: city.has_label(), "has_label lacks label, a text"),
        (lambda: city.has_label(wrong), "label is of the type int"),
        (lambda: city.get(), "get lacks property, a text"),
        (lambda: edge.get(wrong, None), "property is of the type int"),
        (lambda: city[wrong], "property is of the type int"),
        (lambda: pg.PartialDate("2024").overlaps("2024"), "other is of the type str; it is a PartialDate"),
        (lambda: pg.PartialDate(), "PartialDate lacks text"),
        (lambda: pg.Duration(wrong), "text is of the type int; it is a text as 'P1Y2M'"),
        (lambda: city.around(1).to_svg(title=wrong), "title is of the type int"),
    ]:
        with pytest.raises(pg.ArgumentTypeError, match=words):
            call()
    with pytest.raises(pg.InvalidArgumentError, match="half a surrogate pair"):
        city.has_label("\ud800")
    assert city.get("name") == city["name"] == "Nukus"
    assert city.get("none", 7) == 7
    assert "Whether it has the label" in (pg.Node.has_label.__doc__ or "")
    assert "args" not in (pg.Node.has_label.__doc__ or "")
