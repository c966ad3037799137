"""Each example in examples/python runs and prints what its .out file says."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples" / "python").glob("*.py"))


def test_there_are_examples() -> None:
    assert EXAMPLES


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_example_prints_what_it_shows(example: Path) -> None:
    result = subprocess.run([sys.executable, str(example)], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout == example.with_suffix(".out").read_text(encoding="utf-8")
