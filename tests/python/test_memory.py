"""Python's memory runs out while values go in and out."""

import subprocess
import sys
from pathlib import Path

import pytest


def test_no_call_takes_the_process_along(tmp_path: Path) -> None:
    pytest.importorskip("_testcapi", reason="this Python cannot make its allocations fail")
    script = Path(__file__).with_name("out_of_memory.py")
    done = subprocess.run([sys.executable, str(script), str(tmp_path)], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    tried = dict(line.split() for line in done.stdout.splitlines() if not line.startswith("intact"))
    assert done.stdout.endswith("intact\n")
    assert len(tried) >= 8
    assert all(int(failures) > 0 for failures in tried.values()), tried
