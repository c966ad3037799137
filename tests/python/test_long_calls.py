"""Long calls: the interpreter's lock is released, and Ctrl-C ends them."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import policygraph as pg

ENDLESS = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a + b = -1 RETURN count(*)"
PROGRAM = f"""
import time
import policygraph as pg
graph = pg.open_in_memory()
print("ready", flush=True)
try:
    graph.query({ENDLESS!r})
except KeyboardInterrupt:
    print("interrupted", time.monotonic(), flush=True)
assert graph.query("RETURN 1").scalar() == 1
"""


def test_ctrl_c_ends_a_query_within_200_ms() -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.3)
        asked = time.monotonic()
        os.kill(process.pid, signal.SIGINT)
        word, when = process.stdout.readline().split()
        assert word == "interrupted"
        assert float(when) - asked < 0.2
    assert process.returncode == 0


INGEST = """
import sys, time
import policygraph as pg
graph = pg.open_in_memory()
print("ready", flush=True)
try:
    graph.ingest(sys.argv[1])
except KeyboardInterrupt:
    print("interrupted", time.monotonic(), flush=True)
assert len(graph.snapshot()) == 0
assert graph.query("RETURN 1").scalar() == 1
"""


def test_ctrl_c_does_not_wait_for_a_large_document(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text("The Ministry of Finance met on Monday. " * 250_000)
    with subprocess.Popen([sys.executable, "-c", INGEST, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.3)
        asked = time.monotonic()
        os.kill(process.pid, signal.SIGINT)
        word, when = process.stdout.readline().split()
        assert word == "interrupted"
        assert float(when) - asked < 0.2
    assert process.returncode == 0


def test_others_run_meanwhile() -> None:
    ticks = 0
    over = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not over.is_set():
            ticks += 1
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    with pytest.raises(pg.LimitError):
        pg.open_in_memory().query(ENDLESS, timeout=0.4)
    over.set()
    ticker.join()
    assert ticks > 50
