"""Views and measures, against NetworkX where it is installed."""

import random
from typing import Any

import pytest

import policygraph as pg


def ministers() -> pg.Graph:
    graph = pg.open_in_memory("open")
    with graph.begin() as transaction:
        ann, bob = (transaction.create_node("Person", name=name) for name in ("Ann", "Bob"))
        water = transaction.create_node("Ministry", name="Water")
        transaction.create_edge(ann, "HEADS", water)
        transaction.create_edge(bob, "ADVISES", water)
    return graph


def test_views_are_snapshots() -> None:
    snapshot = ministers().snapshot()
    people = snapshot.with_labels("Person")
    assert isinstance(people, pg.Snapshot)
    assert (people.node_count, people.edge_count) == (2, 0)
    assert people.node(3) is None and snapshot.node(3) is not None
    heads = snapshot.with_types("HEADS")
    assert [row[0] for row in heads.query("MATCH (p)-->() RETURN p.name")] == ["Ann"]
    assert heads.components() == [[1, 3], [2]]
    assert snapshot.with_review("proposed", "accepted").edge_count == 2
    assert snapshot.with_review("disputed").node_count == 0
    with pytest.raises(ValueError, match="unknown review"):
        snapshot.with_review("guessed")  # type: ignore[arg-type]


def test_as_of_keeps_what_was_valid(tmp_path: Any) -> None:
    path = tmp_path / "dated.json"
    path.write_text(
        '{"format": "policygraph-json", "version": 1, "schema": "open",'
        ' "nodes": [{"id": "n1", "labels": ["Person"], "properties": {"name": "Ann"}},'
        ' {"id": "n2", "labels": ["Body"], "properties": {}}],'
        ' "edges": [{"id": "e1", "type": "HEADS", "from": "n1", "to": "n2", "properties": {},'
        ' "valid_from": "2018-03", "valid_to": "2020"}]}'
    )
    graph = pg.read_json(path)
    assert graph.as_of("2019-01-01").edge_count == 1
    assert graph.as_of("2022-01-01").edge_count == 0
    assert graph.as_of(pg.PartialDate("2020-06")).edge_count == 1
    assert graph.as_of("2020-06", certainty="definitely").edge_count == 0
    assert len(graph.as_of("2022").query("MATCH (p:Person) RETURN p")) == 1
    with pytest.raises(ValueError, match="unknown certainty"):
        graph.as_of("2022", certainty="perhaps")  # type: ignore[arg-type]
    with pytest.raises(pg.InvalidArgumentError):
        graph.as_of("")


def test_measures_name_what_is_wrong() -> None:
    snapshot = ministers().snapshot()
    with pytest.raises(pg.NotFoundError, match="no node 99"):
        snapshot.levels(99)
    with pytest.raises(ValueError, match="unknown direction"):
        snapshot.levels(1, direction="up")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="damping"):
        snapshot.pagerank(damping=1.0)
    assert snapshot.shortest_path(3, 1) is None
    assert snapshot.shortest_path(3, 1, direction="in") == (1.0, [3, 1], [1])


@pytest.mark.parametrize("seed", range(8))
def test_measures_agree_with_networkx(seed: int) -> None:
    nx = pytest.importorskip("networkx")
    chance = random.Random(seed)
    count = chance.randrange(2, 60)
    graph, twin = pg.open_in_memory("open"), nx.MultiDiGraph()
    with graph.begin() as transaction:
        keys = [transaction.create_node("N") for _ in range(count)]
        twin.add_nodes_from(keys)
        for _ in range(chance.randrange(3 * count)):
            a, b = chance.sample(keys, 2)
            weight = chance.randrange(40) / 4
            transaction.create_edge(a, "TO", b, weight=weight)
            twin.add_edge(a, b, cost=weight)
    snapshot, plain = graph.snapshot(), nx.Graph(twin)
    start = keys[0]
    assert snapshot.pagerank(tolerance=1e-12, max_iterations=1000) == pytest.approx(nx.pagerank(twin, tol=1e-12, max_iter=1000), abs=1e-9)
    assert sorted(snapshot.components()) == sorted(sorted(part) for part in nx.weakly_connected_components(twin))
    assert sorted(snapshot.components(strong=True)) == sorted(sorted(part) for part in nx.strongly_connected_components(twin))
    assert snapshot.levels(start) == nx.single_source_shortest_path_length(twin, start)
    assert snapshot.levels(start, direction="both") == nx.single_source_shortest_path_length(plain, start)
    assert snapshot.levels(start, direction="in") == nx.single_source_shortest_path_length(twin.reverse(), start)
    lengths = nx.single_source_dijkstra_path_length(twin, start, weight="cost")
    assert snapshot.distances(start, "weight") == pytest.approx(lengths)
    for end in keys:
        path = snapshot.shortest_path(start, end, "weight")
        assert (path is None) == (end not in lengths)
        if path is not None:
            assert path[0] == pytest.approx(lengths[end])
            assert nx.is_path(twin, path[1])
    assert snapshot.articulation_points() == sorted(nx.articulation_points(plain))
