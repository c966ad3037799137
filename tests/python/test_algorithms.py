"""What tests/graph/algorithms.txt says is what NetworkX and igraph say today."""

import contextlib
import importlib.util
import io
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "graph"


def test_answers_are_those_of_networkx_and_igraph() -> None:
    pytest.importorskip("networkx")
    pytest.importorskip("igraph")
    spec = importlib.util.spec_from_file_location("algorithms", FOLDER / "algorithms.py")
    assert spec and spec.loader
    algorithms = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(algorithms)
    asked = io.StringIO()
    with contextlib.redirect_stdout(asked):
        algorithms.main()
    kept = (FOLDER / "algorithms.txt").read_text().splitlines()
    for line, (old, new) in enumerate(zip(kept, asked.getvalue().splitlines(), strict=True), start=1):
        name, *numbers = new.split()
        assert name == old.split()[0], line
        if name == "graph":
            assert new == old, line
        else:
            assert [float(number) for number in numbers] == pytest.approx([float(word) for word in old.split()[1:]], abs=1e-9), line
