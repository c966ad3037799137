"""The package itself: examples of the docstrings, the stub, the time it takes to import."""

import doctest
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import policygraph as pg

ROOT = Path(__file__).resolve().parents[2]
MODULES = ["policygraph", *(f"policygraph.{one.name}" for one in pkgutil.iter_modules(pg.__path__) if one.name != "_core")]
NAMES = [name for name in pg.__all__ if name != "__version__"]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_docstrings_run(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("networkx")
    monkeypatch.setenv("COLUMNS", "120")
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_has_an_example_that_runs(name: str) -> None:
    test = doctest.DocTestParser().get_doctest(inspect.getdoc(getattr(pg, name)) or "", {}, name, None, 0)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


def test_every_public_name_is_in_the_reference() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "reference" / "python").glob("*.md"))
    told = re.findall(r"^\.\. auto\w+:: (\w+)$", pages, re.MULTILINE)
    assert sorted(told) == sorted([*NAMES, "open"])


def test_every_page_is_in_the_contents() -> None:
    """Else ./dev docs ends with a warning; docs/search.md stands in the contents as how-to/finding."""
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8").splitlines()
    pages = [path.stem for path in (ROOT / "docs").glob("*.md") if path.stem not in ("index", "search")]
    assert [page for page in pages if page not in index] == []


@pytest.mark.parametrize("name", [name for name in NAMES if inspect.isclass(getattr(pg, name))])
def test_every_public_member_is_documented(name: str) -> None:
    """By a docstring of its own; data also in the class's section of attributes or parameters, or as a field of a tuple."""
    made = getattr(pg, name)
    whole = inspect.getdoc(made) or ""
    fields = getattr(made, "_fields", ())
    bare = []
    for member, value in inspect.getmembers(made):
        told = (inspect.getdoc(value) or "").strip()
        listed = re.search(rf"^(\w+, )*{member}(, \w+)* : ", whole, re.MULTILINE)
        if not hasattr(OSError, member) and not member.startswith("_") and not told and not listed and member not in fields:
            bare.append(member)
    assert bare == []


def test_the_stub_says_what_is_there() -> None:
    pytest.importorskip("mypy")
    allowed = ROOT / "python" / "stubtest_allow.txt"
    command = [sys.executable, "-m", "mypy.stubtest", "policygraph", "--concise", "--allowlist", str(allowed), "--ignore-unused-allowlist"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT / "tests", check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_sub_interpreter_is_refused_and_does_not_hang() -> None:
    program = """
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
try:
    told = interpreters.exec(interpreters.create(), "import policygraph") if hasattr(interpreters, "exec") else interpreters.run_string(interpreters.create(), "import policygraph")
except Exception as error:
    told = error
print(told)
"""
    result = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=True, timeout=30)
    assert "main interpreter alone" in result.stdout


def test_importing_takes_at_most_80_ms() -> None:
    """Of its own time: the machine may be busy with other things (`./dev bench` prints what a clock says)."""
    program = "import time; start = time.process_time(); import policygraph; print(time.process_time() - start)"
    times = [float(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout) for _ in range(9)]
    assert min(times) < 0.080


def test_importing_pulls_in_nothing_else() -> None:
    """Of what is installed nothing at all; of Python's own nothing that is slow and seldom needed."""
    program = "import sys; before = set(sys.modules); import policygraph; print(*sorted({name.split('.')[0] for name in set(sys.modules) - before}))"
    loaded = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in loaded if name not in sys.stdlib_module_names and "interpreters" not in name] == ["policygraph"]
    assert {"logging", "tempfile", "zlib", "shutil", "asyncio", "doctest"}.isdisjoint(loaded)
