"""Every tutorial runs from its first cell to its last; cells that a reader does not see hold the text's claims."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "tutorials"
NOTEBOOKS = sorted(FOLDER.glob("*.md"))
CELL = re.compile(r"^```\{code-cell\} ipython3\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RUN = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell()
for number, cell in enumerate(json.load(sys.stdin), 1):
    if not shell.run_cell(cell, store_history=False).success:
        sys.exit(f"cell {number} failed: {cell}")
shell.history_manager.end_session()
"""


def cells_of(notebook: Path) -> list[str]:
    """The code, without what is said of it to the page."""
    return [re.sub(r"\A(:\w[^\n]*\n)+\n", "", code) for code in CELL.findall(notebook.read_text(encoding="utf-8"))]


def test_there_are_tutorials() -> None:
    assert len(NOTEBOOKS) >= 7
    for notebook in NOTEBOOKS:
        cells = cells_of(notebook)
        assert len(cells) == notebook.read_text(encoding="utf-8").count("{code-cell}")
        assert any("assert " in cell for cell in cells), f"{notebook.name} holds none of its claims"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_tutorial_runs(notebook: Path, tmp_path: Path) -> None:
    for package in ("IPython", "pandas", "networkx"):
        pytest.importorskip(package)
    if "embedding" in notebook.name and not (ROOT / "build" / "prefix").exists():
        pytest.skip("the library is not installed in build/prefix: run ./dev build")
    import json

    environment = {**os.environ, "IPYTHONDIR": str(tmp_path), "TMPDIR": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-c", RUN], input=json.dumps(cells_of(notebook)), cwd=FOLDER, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert result.returncode == 0, result.stdout + result.stderr
