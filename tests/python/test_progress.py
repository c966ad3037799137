"""Bars and logging: shown where a person looks, nothing printed that nobody asked for."""

from __future__ import annotations

import io
import logging
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import policygraph as pg
from policygraph import progress

ROOT = Path(__file__).resolve().parents[2]
READ = "import policygraph as pg; pg.open_in_memory().ingest('examples/documents', progress={})"


def run(code: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, **options)


def test_a_pipe_gets_whole_lines_when_asked_and_else_nothing() -> None:
    assert run(READ.format(None)).stderr == run(READ.format(False)).stderr == ""
    told = run(READ.format(True))
    lines = told.stderr.splitlines()
    assert told.stdout == ""
    assert lines[0].endswith(" of 18")
    assert lines[-1].startswith("18 documents in ")
    assert "\r" not in told.stderr


def test_a_terminal_gets_one_line_that_is_gone_at_the_end() -> None:
    try:
        ours, theirs = pty.openpty()
    except OSError as error:
        pytest.skip(f"no terminal to be had here: {error}")
    with subprocess.Popen([sys.executable, "-c", READ.format(True)], cwd=ROOT, stderr=theirs, stdout=subprocess.DEVNULL) as process:
        os.close(theirs)
        shown = b""
        try:
            while block := os.read(ours, 4096):
                shown += block
        except OSError:  # the other end is closed
            pass
    os.close(ours)
    assert process.returncode == 0
    assert b"/18 " in shown
    assert b"\n" not in shown
    assert shown.endswith(b"\r\x1b[K")


def test_a_notebook_gets_a_bar_that_needs_no_widgets(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []

    class Handle:
        def update(self, what: Any) -> None:
            shown.append(what)

    def display(what: Any, display_id: bool) -> Handle:
        assert display_id
        shown.append(what)
        return Handle()

    monkeypatch.setattr(progress, "_notebook_display", lambda: display)
    monkeypatch.setattr(progress, "PAUSE", 0.0)
    result = pg.open_in_memory().ingest(ROOT / "examples" / "documents", progress=True)
    assert result.documents == 18
    assert '<progress value="9" max="18"></progress>' in "".join(one._repr_html_() for one in shown)
    assert shown[-1]._repr_html_().startswith("<bdi>18 documents in ")
    hostile = progress.Shown("<script>\x1b", "")
    assert "<script" not in hostile._repr_html_()


def test_trouble_with_drawing_ends_the_drawing_alone() -> None:
    closed = io.StringIO()
    bar = progress.Bar(lambda: progress.Pipe(closed), 0.0)
    bar(1, 2, "a")
    closed.close()
    bar._next = 0.0
    bar(2, 2, "b")
    bar.finish()
    with pytest.raises(ZeroDivisionError):  # but what the caller's own function raises is the caller's
        pg.open_in_memory().ingest(ROOT / "examples" / "documents", progress=lambda *_: 1 / 0)


def test_logging_is_told_what_was_done(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    with caplog.at_level(logging.DEBUG, logger="policygraph"), pg.open(tmp_path / "x.pgraph", schema="open") as graph:
        graph.ingest(tmp_path / "empty.html")
        graph.query("RETURN $secret AS n", secret="hidden")
        with graph.begin() as edit:
            edit.create_node("City")
    told = [(one.levelname, one.getMessage()) for one in caplog.records if one.name == "policygraph"]
    assert any(level == "INFO" and text.startswith("opened ") for level, text in told)
    assert any(level == "INFO" and text.startswith("read ") for level, text in told)
    assert any(level == "DEBUG" and text.endswith("ms: RETURN $secret AS n") for level, text in told)
    assert any(text.startswith("commit ") for _, text in told)
    assert "hidden" not in str(told)


def test_without_logging_set_up_nothing_is_printed(tmp_path: Path) -> None:
    (tmp_path / "broken.txt").write_bytes(b"\x00\x01\x02" * 100)
    code = f"import policygraph as pg; print(pg.open_in_memory().ingest({str(tmp_path)!r}).diagnostics)"
    told = run(code)
    assert told.stderr == ""
    assert run("import sys, policygraph; print('logging' in sys.modules)").stdout == "False\n"
