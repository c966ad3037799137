"""The package itself: examples of the docstrings, the stub, the time it takes to import."""

import doctest
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import policygraph as pg

ROOT = Path(__file__).resolve().parents[2]
MODULES = ["policygraph", "policygraph.errors", "policygraph.graph", "policygraph.magic", "policygraph.opening", "policygraph.recognizer", "policygraph.results", "policygraph.snapshot", "policygraph.table", "policygraph.transaction", "policygraph.why"]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_docstrings_run(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(name))
    assert tried > 0
    assert failed == 0


@pytest.mark.parametrize("name", ["PartialDate", "Duration"])
def test_examples_of_the_extension_run(name: str) -> None:
    test = doctest.DocTestParser().get_doctest(inspect.getdoc(getattr(pg, name)) or "", {}, name, None, 0)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


def test_every_public_name_is_documented() -> None:
    bare = [name for name in pg.__all__ if name != "__version__" and not (getattr(pg, name).__doc__ or "").strip()]
    assert bare == []


def test_the_stub_says_what_is_there() -> None:
    pytest.importorskip("mypy")
    allowed = ROOT / "python" / "stubtest_allow.txt"
    command = [sys.executable, "-m", "mypy.stubtest", "policygraph", "--concise", "--allowlist", str(allowed), "--ignore-unused-allowlist"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT / "tests", check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_importing_takes_at_most_80_ms() -> None:
    program = "import time; start = time.perf_counter(); import policygraph; print(time.perf_counter() - start)"
    times = [float(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout) for _ in range(9)]
    assert min(times) < 0.080
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, policygraph; print('pandas' in sys.modules)"], capture_output=True, text=True, check=True
    )
    assert loaded.stdout == "False\n"
