"""Walking without Cypher, drafts, and schemas of one's own."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

import policygraph as pg

PERMIT = {
    "labels": [{"label": "Permit", "parent": "LegalAct", "properties": [{"name": "serial", "unique": True}, {"name": "fee", "type": "decimal"}]}],
    "relations": [{"relation": "PERMITS", "ends": [{"from": ["Permit"], "to": ["Place"]}], "properties": [{"name": "since", "type": "partial_date"}]}],
}


def lakes() -> pg.Snapshot:
    graph = pg.open_in_memory("open")
    graph.query("CREATE (a:Lake {n: 1})-[:FEEDS {k: 1}]->(b:Lake {n: 2})-[:FEEDS {k: 2}]->(c:Sea {n: 3}), (a)-[:NEAR]->(c), (c)-[:NEAR]->(c)")
    return graph.snapshot()


def test_neighbours_are_iterators_that_keep_their_snapshot() -> None:
    (lake,) = lakes().find_nodes("Lake", "n", 1)
    out = lake.out()
    assert iter(out) is out
    assert [node["n"] for node in out] == [2, 3]
    assert list(out) == []
    assert [node["n"] for node in lake.out("FEEDS")] == [2]
    assert [edge["k"] for edge in lake.out_edges("FEEDS")] == [1]
    (sea,) = (node for node in lake.out("NEAR"))
    assert sea.has_label("Sea")
    assert sorted(node["n"] for node in sea.in_()) == [1, 2, 3]
    assert [edge.source["n"] for edge in sea.in_edges("FEEDS")] == [2]
    assert list(lake.out("NOTHING")) == []


def test_parts_paths_and_reach() -> None:
    now = lakes()
    (lake,) = now.find_nodes("Lake", "n", 1)
    (sea,) = now.find_nodes("Sea", "n", 3)
    part = lake.around(1, types=["FEEDS"])
    assert (len(part), len(part.edges), part.is_cut) == (2, 1, False)
    assert "<svg" in part.to_svg(title="Lakes")
    assert lake.around(2, max_nodes=1).is_cut
    assert [(node["n"], hops) for node, hops in lake.reach(3, types=["FEEDS"], direction="out")] == [(2, 1), (3, 2)]
    route = lake.shortest_route(sea)
    assert route is not None and len(route) == 1
    assert sea.shortest_route(lake, direction="out") is None
    assert sorted(len(path) for path in lake.routes(sea, 3)) == [1, 2]
    with pytest.raises(ValueError, match="unknown direction"):
        lake.around(1, direction="up")
    with pytest.raises(pg.LimitError):
        lake.routes(sea, 3, max_routes=1)


def test_a_typo_is_named_in_the_strict_schema() -> None:
    graph = pg.open_in_memory()
    with graph.begin() as edit:
        edit.node("Person").set(name="Ann Lee").add()
    (ann,) = graph.snapshot().find_nodes("Person", "name", "Ann Lee")
    with pytest.raises(pg.SchemaError, match="did you mean 'HOLDS_POSITION'"):
        ann.out("HOLD_POSITION")
    with pytest.raises(pg.SchemaError, match="did you mean 'Person'"):
        ann.has_label("Persn")
    assert list(ann.out("HOLDS_POSITION")) == []
    now = graph.snapshot()
    for slip in (
        lambda: now.nodes("Persn"),
        lambda: now.find_nodes("Persn", "name", "Ann Lee"),
        lambda: now.find_name("Persn", "Ann Lee"),
    ):
        with pytest.raises(pg.SchemaError, match="did you mean 'Person'"):
            slip()
    with pytest.raises(pg.SchemaError, match="did you mean 'HOLDS_POSITION'"):
        now.edges("HOLD_POSITION")
    with pytest.raises(pg.SchemaError, match="unknown property 'nam'"):
        now.find_nodes("Person", "nam", "Ann Lee")
    assert now.nodes("Programme") == [] and now.edges("HOLDS_POSITION") == [] and now.find_name("Place", "Riga") == []
    assert pg.open_in_memory("open").snapshot().nodes("Persn") == []


def test_drafts_rest_on_what_they_quote(tmp_path: Path) -> None:
    graph = pg.open_in_memory()
    note = tmp_path / "note.txt"
    note.write_text("Presidential Decree No. PF-6079 dated October 5, 2020 approved the strategy.\n")
    graph.ingest(note)
    document = graph.snapshot().documents[0]
    (decree,) = graph.snapshot().find_nodes("LegalAct", "number", "PF-6079")
    with graph.begin("by:anna") as edit:
        water = edit.node("Programme").set(name="Clean Water", kind="programme", status=None).quote("seen on the spot").add()
        edge = edit.edge(decree, "APPROVES", water).valid("2020-10", "2030").cite(document, "approved the strategy").modality("approved").add()
        draft = edit.node("Person").set(name="Ann")
        draft.add()
        with pytest.raises(pg.InvalidArgumentError, match="added already"):
            draft.add()
        with pytest.raises(pg.NotFoundError, match="do not stand in document"):
            edit.node("Person").set(name="Bo").cite(document, "rejected").add()
        with pytest.raises(pg.InvalidArgumentError, match="unknown modality"):
            edit.node("Person").modality("perhaps").add()
    now = graph.snapshot()
    found = now.edge(edge)
    assert found is not None
    assert found.modality == "approved"
    assert sorted(citation.quote for citation in found.evidence) == ["approved the strategy", "by:anna"]
    programme = now.node(water)
    assert programme is not None
    assert [citation.quote for citation in programme.evidence] == ["seen on the spot"]
    assert graph.verify().is_sound


@pytest.mark.parametrize("form", ["mapping", "file", "folder"])
def test_a_schema_of_ones_own(form: str, tmp_path: Path) -> None:
    path = tmp_path / "permits.json"
    path.write_text(json.dumps(PERMIT))
    graph = pg.open_in_memory(PERMIT if form == "mapping" else path if form == "file" else str(tmp_path))
    graph.query(
        "CREATE (:Permit {jurisdiction: 'LV', kind: 'other', serial: 'A-1', fee: 5})-[:PERMITS {since: '2024'}]->(:Place {name: 'Riga', kind: 'city'})"
    )
    row = graph.query("MATCH (p:LegalAct)-[r:PERMITS]->(x) RETURN p.fee, x.name, r.since").one()
    assert list(row) == [Decimal(5), "Riga", pg.PartialDate("2024")]
    with pytest.raises(pg.ConflictError, match="'serial' is unique among Permit"):
        graph.query("CREATE (:Permit {jurisdiction: 'LV', kind: 'other', serial: 'A-1'})")
    assert "### Permit" in graph.describe_schema()
    assert json.loads(graph.describe_schema("json"))["schema"] == "policy"
    assert graph.describe_schema("svg").startswith("<svg")
    with pytest.raises(ValueError, match="unknown format"):
        graph.describe_schema("pdf")
    saved = tmp_path / "graph.out"
    graph.write_json(saved)
    assert pg.read_json(saved).query("MATCH (p:Permit) RETURN p.serial").scalar() == "A-1"


def test_a_schema_that_contradicts_itself_names_the_place(tmp_path: Path) -> None:
    path = tmp_path / "permits.json"
    path.write_text('{"label": "Permit",\n "parent": "LegalAkt"}')
    with pytest.raises(pg.SchemaError, match="did you mean 'LegalAct'") as caught:
        pg.open_in_memory(path)
    assert caught.value.document == str(path)
