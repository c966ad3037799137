"""CSV files into graphs, and graphs for other programs."""

from __future__ import annotations

from pathlib import Path

import pytest

import policygraph as pg

networkx = pytest.importorskip("networkx")

HOSTILE = 'A & <B> "c" ]]> \\ \x01\r\nд'


@pytest.fixture
def roads(tmp_path: Path) -> pg.Graph:
    graph = pg.open_in_memory("open")
    (tmp_path / "cities.csv").write_text("name;people;open;area\nNukus;312100;true;1.50\nKhiva;93000;false;2.25\n", encoding="utf-8-sig")
    (tmp_path / "roads.csv").write_text("start,end,km\nNukus,Khiva,177\nNukus,Khiva,180\n")
    counts = graph.read_nodes_csv(tmp_path / "cities.csv", label="City", key="name")
    assert (counts.rows, counts.types["area"]) == (2, "decimal")
    by_name = ("City", "name")
    graph.read_edges_csv(tmp_path / "roads.csv", type="ROAD", source="start", target="end", source_by=by_name, target_by=by_name)
    return graph


def test_rows_are_cited(roads: pg.Graph, tmp_path: Path) -> None:
    row = roads.query("MATCH (:City)-[r:ROAD {km: 180}]->(b) RETURN r.km")[0]
    assert "Nukus,Khiva,180" in [one.quote for one in row.evidence]
    assert roads.read_nodes_csv(tmp_path / "cities.csv", label="City", key="name").is_unchanged
    again = roads.read_nodes_csv(tmp_path / "cities.csv", label="City", key="name", types={"people": "string"})
    assert (again.is_replaced, again.is_unchanged, again.deleted) == (True, False, 0)
    assert repr(roads.read_nodes_csv(tmp_path / "cities.csv", label="Town")) == "<CsvCounts: 2 rows, 4 properties>"


def test_what_is_wrong_names_the_line(tmp_path: Path) -> None:
    graph = pg.open_in_memory("open")
    path = tmp_path / "wrong.csv"
    path.write_text("a,b\n1,2\n1\n")
    with pytest.raises(pg.FormatError, match=r"1 fields where the first line names 2"):
        graph.read_nodes_csv(path, label="A")
    with pytest.raises(pg.InvalidArgumentError, match="'number' is no type of a column"):
        graph.read_nodes_csv(path, label="A", types={"a": "number"})
    with pytest.raises(pg.InvalidArgumentError, match="delimiter"):
        graph.read_nodes_csv(path, label="A", delimiter="::")
    with pytest.raises(pg.NotFoundError):
        graph.read_nodes_csv(tmp_path / "none.csv", label="A")
    assert graph.snapshot().node_count == 0


def test_graphml_is_what_networkx_reads(roads: pg.Graph, tmp_path: Path) -> None:
    roads.query("CREATE (:City {name: $name, label: 'own', mixed: 1})", name=HOSTILE)
    roads.query("MATCH (c:City {name: 'Khiva'}) SET c.mixed = 'one'")
    path = tmp_path / "roads.graphml"
    roads.write_graphml(path)
    read = networkx.read_graphml(path)
    assert isinstance(read, networkx.MultiDiGraph)
    nodes = {data["name"]: data for _, data in read.nodes(data=True)}
    assert nodes["Nukus"] == {
        "label": "Nukus", "labels": "City", "modality": "unknown", "name": "Nukus", "people": 312100, "open": True, "area": 1.5,
    }  # fmt: skip
    odd = nodes[HOSTILE.replace("\x01", "")]
    assert (odd["property label"], odd["mixed"], nodes["Khiva"]["mixed"]) == ("own", "1", "one")
    edges = sorted((read.nodes[a]["name"], read.nodes[b]["name"], data["label"], data["km"]) for a, b, data in read.edges(data=True))
    assert edges == [("Nukus", "Khiva", "ROAD", 177), ("Nukus", "Khiva", "ROAD", 180)]
    again = tmp_path / "again.graphml"
    roads.snapshot().write_graphml(again)
    assert again.read_bytes() == path.read_bytes()


def test_dot_escapes(roads: pg.Graph, tmp_path: Path) -> None:
    roads.query("CREATE (:City {name: $name})", name=HOSTILE)
    roads.write_dot(tmp_path / "roads.dot")
    text = (tmp_path / "roads.dot").read_text()
    assert text.startswith("digraph policygraph {\n") and text.endswith("}\n")
    assert r'[label="A & <B> \"c\" ]]> \\ \nд", labels="City"];' in text
    assert text.count('[label="ROAD"];') == 2
    assert "\x01" not in text
