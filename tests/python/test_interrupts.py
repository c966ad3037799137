"""Ctrl-C at every long call: KeyboardInterrupt within 200 ms, files and graphs as they were."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import policygraph as pg

NODES = 150_000
SOON = 0.05


@pytest.fixture(scope="module")
def large() -> pg.Graph:
    graph = pg.open_in_memory("open")
    numbers = list(range(NODES))
    graph.add_nodes({"n": numbers, "name": [f"Act number {n} of some length" for n in numbers]}, label="Act")
    by_number = ("Act", "n")
    ends = {"a": numbers, "b": [(n * 7919 + 1) % NODES for n in numbers], "w": numbers}
    graph.add_edges(ends, type="CITES", source="a", target="b", source_by=by_number, target_by=by_number)
    return graph


@pytest.fixture(scope="module")
def dense() -> pg.Snapshot:
    graph = pg.open_in_memory("open")
    graph.query("UNWIND range(1, 60) AS n CREATE (:Act {n: n})")
    graph.query("MATCH (a:Act), (b:Act) WHERE a.n < b.n CREATE (a)-[:CITES]->(b)")
    return graph.snapshot()


@pytest.fixture(scope="module")
def drawn() -> pg.Graph:
    graph = pg.open_in_memory("open")
    graph.query("UNWIND range(1, 3000) AS n CREATE (:Act {n: n, name: 'An act of some length, number ' + n})")
    graph.query("MATCH (a:Act), (b:Act) WHERE b.n IN [a.n * 7 % 3001, a.n / 3] AND a <> b CREATE (a)-[:CITES]->(b)")
    return graph


@pytest.fixture(scope="module")
def written(large: pg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("written") / "large.json"
    large.write_json(path)
    return path


@pytest.fixture(autouse=True)
def alarm() -> Iterator[None]:
    """An alarm is what Ctrl-C is."""
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def seconds_to_stop(work: Callable[[], Any], after: float) -> float | None:
    """None where the work was over before."""
    asked = time.monotonic() + after
    try:
        signal.setitimer(signal.ITIMER_REAL, after)
        work()
        signal.setitimer(signal.ITIMER_REAL, 0)
    except KeyboardInterrupt:
        return time.monotonic() - asked
    return None


def check_stops(work: Callable[[], Any], after: float = SOON, turns: int = 4) -> None:
    """The machine may be busy with other things, and what was left behind with its end; the library may not."""
    times = []
    for _ in range(turns):
        taken = seconds_to_stop(work, after)
        assert taken is not None, f"over within {after} s: take a larger graph"
        if taken < 0.2:
            return
        times.append(round(taken, 3))
        time.sleep(0.5)
    raise AssertionError(times)


def test_writing_leaves_the_file(large: pg.Graph, tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("as it was")
    for write in (large.write_json, lambda to: large.write_json(to, lines=True), large.write_graphml, lambda to: large.write_page(to, max_nodes=20_000)):
        check_stops(lambda write=write: write(path))
    check_stops(lambda: large.write_dot(path), after=0.02)
    check_stops(lambda: pickle.dumps(large), after=0.2)
    deadline = time.monotonic() + 30
    while list(tmp_path.glob("*.partial")) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert path.read_text() == "as it was"
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_reading_leaves_the_graph(written: Path) -> None:
    graph = pg.open_in_memory("open")
    for after in (SOON, 1.0):
        check_stops(lambda: graph.read_json(written), after)
        check_stops(lambda: pg.read_json(written), after)
    assert len(graph.snapshot()) == 0
    assert graph.query("CREATE (:A) RETURN 1").scalar() == 1


def test_pictures(large: pg.Graph, drawn: pg.Graph) -> None:
    check_stops(lambda: drawn.to_svg(max_nodes=3_000))
    check_stops(lambda: drawn.view(max_nodes=3_000).html)
    check_stops(lambda: drawn.view(max_nodes=3_000)._repr_html_(), after=0.5)
    check_stops(large.query("MATCH (a)-[r]->(b) RETURN a, r, b", evidence=False).to_region)


def test_walks(dense: pg.Snapshot) -> None:
    first, *_, last = dense.nodes("Act")
    check_stops(lambda: first.routes(last, 30, max_routes=10**7))
    check_stops(lambda: [first.routes(last, 4, max_routes=10**6) for _ in range(100)])


def test_lists_of_a_whole_graph(large: pg.Graph) -> None:
    now = large.snapshot()
    check_stops(lambda: [now.nodes() for _ in range(9)])
    check_stops(lambda: [now.edges("CITES") for _ in range(9)])
    check_stops(lambda: [now.with_review("proposed", "accepted") for _ in range(30)])
    check_stops(lambda: large.query("MATCH (a)-[r]->(b) RETURN a, r, b, [a.n, b.n] AS l", evidence=False).to_pandas())


def test_long_queries_of_every_kind(large: pg.Graph) -> None:
    now = large.snapshot()
    long_text = "RETURN [" + ", ".join(map(str, range(1_000_000))) + "]"
    check_stops(lambda: now.query(long_text))
    check_stops(lambda: now.explain(long_text))
    check_stops(lambda: large.query("UNWIND range(1, 3000000) AS n CREATE (:B {n: n})"))
    check_stops(lambda: large.query("MATCH (n) DETACH DELETE n"), after=0.02)
    rows = [{"a": n} for n in range(2_000_000)]
    check_stops(lambda: now.query("RETURN size($rows)", rows=rows))
    assert large.snapshot().node_count == NODES


CLOSING = """
import signal, sys, time
signal.signal(signal.SIGALRM, signal.default_int_handler)
import policygraph as pg
graph = pg.open(sys.argv[1], schema="open")
graph.query("UNWIND range(1, 1000000) AS n CREATE (:A {n: n})")
try:
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    graph.close()
    signal.setitimer(signal.ITIMER_REAL, 0)
except KeyboardInterrupt:
    pass
"""


def test_what_was_left_behind_is_over_before_the_program_is(tmp_path: Path) -> None:
    path = tmp_path / "graph.pgraph"
    subprocess.run([sys.executable, "-c", CLOSING, str(path)], check=True)
    with pg.open(path, read_only=True) as graph:
        assert graph.snapshot().node_count == 1_000_000
    assert pg.check_file(path).is_sound
