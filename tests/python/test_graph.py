"""Graphs: reading, writing by hand, files, errors."""

import os
import pickle
import threading
from pathlib import Path

import pytest

import policygraph as pg

DOCUMENT = "Presidential Decree No. PF-6079 dated October 5, 2020 approved the strategy.\n"


def test_the_schema_is_checked() -> None:
    graph = pg.open_in_memory()
    with pytest.raises(pg.SchemaError), graph.begin() as transaction:
        transaction.create_node("Decree", colour="red")
    assert graph.snapshot().node_count == 0
    with pytest.raises(ValueError, match="unknown schema"):
        pg.open_in_memory("secret")


def test_a_transaction_commits_or_leaves_no_trace() -> None:
    graph = pg.open_in_memory("open")
    with pytest.raises(ZeroDivisionError), graph.begin() as transaction:
        transaction.create_node("City", name="Nukus")
        _ = 1 / 0
    assert len(graph.snapshot()) == 0
    with graph.begin("by:anna") as transaction:
        transaction.set_note("seen on the spot")
        nukus = transaction.create_node(["City", "Capital"], name="Nukus")
        amu = transaction.create_node("River", {"name": "Amu"})
        edge = transaction.create_edge(nukus, "ON", amu, since=1932)
        assert transaction.query("MATCH (n) RETURN count(n)").scalar() == 2
        transaction.set_edge_property(edge, "since", 1933)
    with pytest.raises(pg.ClosedError):
        transaction.create_node("City")
    row = graph.query("MATCH (c)-[o:ON]->(r) RETURN c, o.since, r.name").one()
    assert list(row)[1:] == [1933, "Amu"]
    assert "seen on the spot" in [citation.quote for citation in row.evidence]
    with graph.begin() as transaction:
        transaction.delete_node(row[0], detach=True)
    assert len(graph.snapshot()) == 1


def test_one_writes_at_a_time() -> None:
    graph = pg.open_in_memory("open")
    with graph.begin("by:anna"):
        with pytest.raises(TimeoutError, match="by:anna"):
            graph.begin(timeout=0.05)
    with graph.begin(timeout=0.05) as transaction:
        transaction.create_node("City")


def test_a_merge_can_be_undone() -> None:
    graph = pg.open_in_memory("open")
    with graph.begin() as transaction:
        a, b = (transaction.create_node("City", name=name) for name in ("Nukus", "Nókis"))
    with graph.begin() as transaction:
        transaction.merge(a, b, "one city")
    assert len(graph.snapshot()) == 1
    with graph.begin() as transaction:
        transaction.separate(a, b, "a slip")
    assert len(graph.snapshot()) == 2


def test_a_file_gives_the_same_graph_back(tmp_path: Path) -> None:
    document = tmp_path / "decree.txt"
    document.write_text(DOCUMENT)
    graph = pg.open_in_memory()
    graph.ingest(document)
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    graph.write_json(first)
    again = pg.read_json(os.fspath(first))
    again.write_json(second)
    assert first.read_bytes() == second.read_bytes()
    assert again.verify().is_sound
    assert again.verify().quotes > 0
    page = tmp_path / "page.html"
    again.write_page(page, title="A & B")
    assert "<title>A &amp; B</title>" in page.read_text()
    assert again.snapshot().to_svg().startswith("<svg ")


def test_compaction_changes_nothing_that_is_read() -> None:
    graph = pg.open_in_memory("open")
    graph.query("CREATE (:River {name: 'Sava'})-[:FEEDS]->(:River {name: 'Danube'})")
    graph.query("MATCH (r:River {name: 'Sava'}) SET r.name = 'Save'")
    asked = "MATCH (a)-[:FEEDS]->(b) RETURN a.name + ' feeds ' + b.name"
    assert graph.query(asked).scalar() == "Save feeds Danube"
    graph.compact()
    assert graph.query(asked).scalar() == "Save feeds Danube"


def test_a_snapshot_stays_as_it_was() -> None:
    graph = pg.open_in_memory("open")
    before = graph.snapshot()
    graph.query("CREATE (:City {name: 'Nukus'})")
    graph.close()
    assert before.query("MATCH (n) RETURN count(n)").scalar() == 0
    with pytest.raises(pg.ClosedError):
        graph.query("RETURN 1")
    assert repr(graph) == "<Graph: closed>"


def test_errors_have_a_place_and_a_builtin_class() -> None:
    graph = pg.open_in_memory()
    with pytest.raises(ValueError) as caught:
        graph.query("MATCH (n)\nRETURN m")
    error = caught.value
    assert isinstance(error, pg.BindError)
    assert (error.code, error.line, error.column) == ("bind", 2, 8)
    assert error.type == "SyntaxError"
    assert str(error).splitlines()[-1].strip(" |") == "^"
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), copy.line, copy.text) == (pg.BindError, 2, error.text)
    with pytest.raises(FileNotFoundError):
        pg.read_json("/nowhere/at/all.json")
    with pytest.raises(FileNotFoundError):
        graph.ingest("/nowhere/at/all")
    with pytest.raises(pg.Error):
        graph.query("RETURN $missing")
    with pytest.raises(pg.LimitError):
        graph.query("UNWIND range(1, 100) AS n RETURN n", max_rows=10)


def test_a_write_that_the_schema_refuses_says_what_and_where() -> None:
    graph = pg.open_in_memory()
    with pytest.raises(pg.QuerySchemaError, match="wants string") as caught:
        graph.query("CREATE (:Decree {number: 7, jurisdiction: 'UZ', kind: 'decree'})")
    error = caught.value
    assert isinstance(error, pg.SchemaError)
    assert isinstance(error, pg.QueryError)
    assert (error.code, error.line, error.column) == ("schema", 1, 8)
    assert (error.type, error.phase, error.detail) == ("ConstraintVerificationFailed", "runtime", "SchemaViolation")
    assert type(pickle.loads(pickle.dumps(error))) is pg.QuerySchemaError


def test_a_broken_file_is_a_format_error(tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{"format": "policygraph-json", "version": 1, "nodes": [')
    with pytest.raises(pg.FormatError):
        pg.read_json(path)


def test_progress_is_told_and_may_stop_the_work(tmp_path: Path) -> None:
    for i in range(5):
        (tmp_path / f"{i}.txt").write_text(DOCUMENT)
    told: list[tuple[int, int, str]] = []
    graph = pg.open_in_memory()
    graph.ingest(tmp_path, threads=2, progress=lambda *news: told.append(news))
    assert [(done, all_) for done, all_, _ in told] == [(i, 5) for i in range(1, 6)]

    def refuse(done: int, total: int, path: str) -> None:
        raise LookupError(path)

    other = pg.open_in_memory()
    with pytest.raises(LookupError, match=".txt"):
        other.ingest(tmp_path, progress=refuse)
    assert len(other.snapshot()) == 0


def test_a_bound_on_mentions_is_told(tmp_path: Path) -> None:
    path = tmp_path / "laws.txt"
    path.write_text("Law No. 1 of May 5, 2020.\n\nLaw No. 2 of May 6, 2020.\n")
    assert not pg.open_in_memory().ingest(path).diagnostics
    (told,) = pg.open_in_memory().ingest(path, max_mentions=2).diagnostics
    assert told.severity == "error"
    assert "(line 3)" in told.text


def test_threads_read_while_one_writes() -> None:
    graph = pg.open_in_memory("open")
    sizes: list[int] = []

    def read() -> None:
        for _ in range(50):
            sizes.append(graph.query("MATCH (n) RETURN count(n)").scalar())

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for i in range(50):
        graph.query("CREATE (:N {i: $i})", i=i)
    for reader in readers:
        reader.join()
    assert len(sizes) == 150
    assert len(graph.snapshot()) == 50
