"""Graphs in files."""

import datetime
import json
import multiprocessing
import os
import runpy
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import policygraph as pg

ROOT = Path(__file__).resolve().parents[2]
FIRST = ROOT / "tests" / "data" / "format-1.pgraph"  # of the first format: kept for ever, never written again
DOCUMENT = "Presidential Decree No. PF-6079 dated October 5, 2020 approved the strategy.\n"


def test_a_graph_comes_back_byte_for_byte(tmp_path: Path) -> None:
    document, path = tmp_path / "decree.txt", tmp_path / "acts.pgraph"
    document.write_text(DOCUMENT)
    with pg.open(path) as graph:
        graph.ingest(document)
        graph.query("MATCH (a:LegalAct) SET a.title = 'Strategy'")
        graph.write_json(tmp_path / "before.json")
    with pg.open(path) as graph:
        graph.write_json(tmp_path / "after.json")
        assert graph.verify().is_sound
        assert graph.query("MATCH (a:LegalAct) RETURN a.number").one().evidence
        assert graph.ingest(document).unchanged == 1
    assert (tmp_path / "before.json").read_bytes() == (tmp_path / "after.json").read_bytes()
    assert sorted(os.listdir(tmp_path)) == ["acts.pgraph", "after.json", "before.json", "decree.txt"]


def test_use_after_close_is_an_error_with_a_name(tmp_path: Path) -> None:
    graph = pg.open(tmp_path / "x.pgraph", schema="open")
    graph.query("CREATE (:City {name: 'Nukus'})")
    held = graph.snapshot()
    graph.close()
    graph.close()
    assert repr(graph) == "<Graph: closed>"
    for use in (graph.snapshot, graph.begin, lambda: graph.query("RETURN 1")):
        with pytest.raises(pg.ClosedError):
            use()
    assert held.nodes("City")[0]["name"] == "Nukus"
    assert held.query("MATCH (c:City) RETURN c.name").one().evidence[0].quote


def test_schemas(tmp_path: Path) -> None:
    permit = {"label": "Permit", "parent": "LegalAct", "properties": [{"name": "fee", "type": "decimal"}]}
    path = tmp_path / "permits.pgraph"
    with pg.open(path, schema=permit) as graph:
        graph.query("CREATE (:Permit {jurisdiction: 'GB', kind: 'other', fee: decimal('4.90')})")
    with pg.open(path, schema=permit) as graph:
        assert len(graph.snapshot().nodes("Permit")) == 1
    with pytest.raises(pg.SchemaError, match="leave the schema out"):
        pg.open(path, schema="open")
    with pytest.raises(ValueError, match="unknown schema"):
        pg.open(tmp_path / "y.pgraph", schema="secret")
    assert not (tmp_path / "y.pgraph").exists()


def test_what_is_no_graph_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        pg.open(tmp_path / "none.pgraph", create=False)
    with pytest.raises(FileNotFoundError):
        pg.open(tmp_path / "none.pgraph", read_only=True)
    (tmp_path / "note.txt").write_text("not a graph" * 1000)
    with pytest.raises(pg.FormatError, match="is not a .pgraph file"):
        pg.open(tmp_path / "note.txt")


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    path = tmp_path / "x.pgraph"
    code = "import sys, policygraph as pg; t = pg.open(sys.argv[1]).begin(); print('ready', flush=True); input()"
    with pg.open(path, schema="open") as graph:
        with subprocess.Popen([sys.executable, "-c", code, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
            assert other.stdin and other.stdout
            assert other.stdout.readline() == "ready\n"
            with pytest.raises(pg.BusyError, match=rf"process {other.pid} \(.*\) is writing to"):
                graph.begin(timeout=0.1)
            other.communicate("\n")
        graph.query("CREATE (:City)")
        assert graph.snapshot().node_count == 1


def test_read_only_is_not_written_to(tmp_path: Path) -> None:
    path = tmp_path / "x.pgraph"
    pg.open(path, schema="open").close()
    with pg.open(path, read_only=True) as graph, pytest.raises(pg.InputOutputError, match="for reading only"):
        graph.query("CREATE (:City)")


def test_a_reader_says_what_share_of_its_time_news_may_take(tmp_path: Path) -> None:
    path = tmp_path / "x.pgraph"
    with pg.open(path, schema="open") as graph, pg.open(path, read_only=True, share_for_news=1) as prompt:
        for count in range(1, 20):
            graph.query("CREATE (:City)")
            assert prompt.snapshot().node_count == count
    for share in (0, 1.5, float("nan")):
        with pytest.raises(pg.InvalidArgumentError, match="share"):
            pg.open(path, share_for_news=share)
    with pytest.raises(TypeError, match="share_for_news"):
        pg.open(path, share_for_news="all")  # type: ignore[arg-type]


def test_check_and_backup(tmp_path: Path) -> None:
    path, copy = tmp_path / "x.pgraph", tmp_path / "copy.pgraph"
    with pg.open(path, schema="open") as graph:
        graph.query("CREATE (:City {name: 'Nukus'})")
        pg.backup_file(path, copy)
    with pytest.raises(pg.ConflictError):
        pg.backup_file(path, copy)
    assert pg.check_file(copy)
    with sqlite3.connect(copy) as database:
        database.execute("UPDATE small_commits SET author = 'by:eve'")
    database.close()
    report = pg.check_file(copy)
    assert not report.is_sound
    assert "commit 1 is not as it was written" in report.problems[0].text
    with pytest.raises(pg.FormatError):
        pg.open(copy)


def test_a_redacted_text_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "acts.pgraph"
    (tmp_path / "act.txt").write_text("Decree on roads\n\nPresidential Decree No. PF-1001 dated October 1, 2020 was adopted behind closed doors.")
    with pg.open(path) as graph:
        graph.ingest(tmp_path / "act.txt")
    pg.redact_document(path, 1, author="by:anna")
    with pg.open(path) as graph:
        assert graph.commits()[-1].author == "by:anna"
        answer = graph.query("MATCH (a:LegalAct) RETURN a.number")
        assert {citation.quote for row in answer for citation in row.evidence} == {"redacted"}
    assert b"closed doors" not in path.read_bytes()
    assert pg.check_file(path)


def test_what_is_whole_is_salvaged(tmp_path: Path) -> None:
    path, saved = tmp_path / "cities.pgraph", tmp_path / "saved.pgraph"
    with pg.open(path, schema="open") as graph:
        graph.query("CREATE (:City {name: 'Nukus'})")
    report = pg.salvage_file(path, saved)
    assert report.is_whole and report.commits_kept == 1
    assert pg.check_file(saved)
    path.write_bytes(b"nothing")
    assert not pg.salvage_file(path, tmp_path / "other.pgraph", schema="open")


def test_what_was_known_comes_back(tmp_path: Path) -> None:
    with pg.open(tmp_path / "x.pgraph", schema="open") as graph:
        start = datetime.datetime.now(datetime.timezone.utc)
        graph.query("CREATE (:City {name: 'Nukus', people: 230006})")
        with graph.begin("by:anna") as transaction:
            transaction.set_property(1, "people", 312100)
        first, second = graph.commits()
        assert (first.id, second.author) == (1, "by:anna")
        assert start <= first.time <= second.time
        assert [graph.known_at(i).node_count for i in range(3)] == [0, 1, 1]
        assert graph.known_at(first.time).nodes("City")[0]["people"] == 230006
        assert graph.known_at(start).node_count == 0
        assert [(c.kind, c.after and c.after.value) for c in graph.diff(1)] == [("value", 312100)]
        assert {c.kind for c in graph.diff(0, 1)} == {"added"}
        events = [(e.commit.id, e.is_withdrawal, e.claim.name, e.claim.value) for e in graph.history(1)]
        assert events[-2:] == [(2, False, "people", 312100), (2, True, "people", 230006)]
        with pytest.raises(pg.NotFoundError):
            graph.known_at(3)
    with pytest.raises(ValueError, match="keeps the present alone"):
        graph = pg.open_in_memory("open")
        graph.query("CREATE (:City)")
        graph.known_at(0)


def test_a_file_of_the_first_format_is_read_for_ever(tmp_path: Path) -> None:
    shutil.copy(FIRST, tmp_path / "first.pgraph")
    assert pg.check_file(tmp_path / "first.pgraph")
    with pg.open(tmp_path / "first.pgraph") as graph:
        assert graph.verify().is_sound
        assert len(graph.commits()) == 5
        graph.write_json(tmp_path / "first.json")
        graph.query("CREATE (:City {name: 'Moynaq'})")
    assert (tmp_path / "first.json").read_bytes() == FIRST.with_suffix(".json").read_bytes()
    with pg.open(tmp_path / "first.pgraph", read_only=True) as graph:
        assert len(graph.snapshot().nodes("City")) == 3


def test_the_format_is_as_documented() -> None:
    claims = runpy.run_path(str(ROOT / "examples" / "python" / "read_pgraph.py"))["read"](str(FIRST))
    wanted = json.loads(FIRST.with_suffix(".json").read_text(encoding="utf-8"))["assertions"]
    names = [(f"a{claim['id']}", claim["name"], len(claim["evidence"])) for claim in claims]
    assert names == [(w["id"], w.get("label") or w.get("property") or w["type"], len(w["evidence"])) for w in wanted]
    for claim, want in zip(claims, wanted):
        value = want.get("value")
        value = value["$value"] if isinstance(value, dict) else value
        if not str(claim.get("value")).startswith("(a value of kind"):
            assert claim.get("value") == value


def test_ingestion_in_steps_goes_on_where_it_ended(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(f"Presidential Decree No. PF-{6000 + number} dated October 5, 2020 was signed.")
    path = tmp_path / "steps.pgraph"

    def stop(done: int, total: int, name: str) -> None:
        if done == 4:
            raise KeyError(name)

    with pg.open(path) as graph:
        with pytest.raises(KeyError):
            graph.ingest(tmp_path, threads=1, commit_every=3, progress=stop)
        assert len(graph.commits()) == 1
        result = graph.ingest(tmp_path, commit_every=3)
        assert (result.unchanged, result.documents, len(graph.commits())) == (3, 3, 2)
        with pytest.raises(pg.InvalidArgumentError, match="commit_every"):
            graph.ingest(tmp_path, commit_every=-1)


def test_commits_in_groups(tmp_path: Path) -> None:
    path = tmp_path / "cities.pgraph"
    with pg.open(path, schema="open") as graph, pg.open(path) as other:
        with graph.commit_group(most_commits=10_000, longest=3600) as group:
            for number in range(30):
                with group.begin(f"by:feed {number}") as edit:
                    edit.create_node("City", name=str(number))
            assert repr(group) == "<CommitGroup: 30 commits wait>"
            assert len(graph.snapshot().nodes("City")) == len(other.snapshot().nodes("City")) == 0
            with pytest.raises(pg.BusyError):
                other.begin(timeout=0)
            with pytest.raises(RuntimeError), group.begin():
                raise RuntimeError("not this one")
        assert group.waiting == 0
        assert len(graph.snapshot().nodes("City")) == len(other.snapshot().nodes("City")) == 30
        hasty = graph.commit_group(timeout=0.05)
        with hasty.begin(), pytest.raises(pg.BusyError):
            hasty.flush() if hasty.waiting else hasty.begin()
        assert [commit.author for commit in graph.commits()][:2] == ["by:feed 0", "by:feed 1"]


def test_closing_keeps_what_waits_in_a_group(tmp_path: Path) -> None:
    path = tmp_path / "cities.pgraph"
    graph = pg.open(path, schema="open")
    group = graph.commit_group(most_commits=10_000, longest=3600)
    with group.begin() as edit:
        edit.create_node("City", name="Nukus")
    assert group.waiting == 1
    graph.close()
    graph.close()
    assert group.waiting == 0
    with pg.open(path) as again:
        assert len(again.snapshot().nodes("City")) == 1
        again.query("CREATE (:City {name: 'Khiva'})")


def use_in_child(graph: pg.Graph, path: Path, number: int) -> None:
    known = len(graph.snapshot().nodes("City"))
    with pytest.raises(pg.ClosedError, match="forked"):
        graph.begin()
    with pg.open(path) as own:
        assert len(own.snapshot().nodes("City")) >= known
        if number % 5 == 0:
            own.query("CREATE (:River {name: 'Amu'})")


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_processes_are_forked_while_another_thread_commits(tmp_path: Path) -> None:
    path = tmp_path / "cities.pgraph"
    forking = multiprocessing.get_context("fork")
    with pg.open(path, schema="open") as graph:
        is_over = threading.Event()

        def write() -> None:
            while not is_over.wait(0.001):
                graph.query("CREATE (:City {name: 'Nukus'})")

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for number in range(20):
                child = forking.Process(target=use_in_child, args=(graph, path, number))
                child.start()
                child.join(30)
                assert child.exitcode == 0
        finally:
            is_over.set()
            writer.join()
        assert len(graph.snapshot().nodes("River")) == 4
    assert pg.check_file(path).is_sound
