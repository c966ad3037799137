"""Everything the README claims is run: its commands, its Python, its C++, each with the output it shows.

With POLICYGRAPH_UPDATE=1 what is shown is rewritten; the difference is reviewed like code.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAM = ROOT / "build" / "release" / "bin" / "policygraph"


def blocks(language: str) -> list[tuple[str, str]]:
    """Fenced blocks of a language, each with the text block that follows it, if one does."""
    pattern = rf"```{language}\n(.*?)```\n(?:\n```text\n(.*?)```\n)?"
    return [(code, output or "") for code, output in re.findall(pattern, README, re.DOTALL)]


def hold(code: str, shown: str, printed: str) -> None:
    if os.environ.get("POLICYGRAPH_UPDATE"):
        path = ROOT / "README.md"
        text = path.read_text(encoding="utf-8")
        old = f"{code}```\n\n```text\n{shown}```\n" if shown else f"{code}```\n"
        assert text.count(old) == 1
        path.write_text(text.replace(old, f"{code}```\n\n```text\n{printed}```\n"), encoding="utf-8")
    else:
        assert printed == shown


def test_python_prints_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    shown = blocks("python")
    assert shown
    for code, output in shown:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "README.md", "exec"), {})
        hold(code, output, printed.getvalue())


def test_cpp_is_the_example_that_runs() -> None:
    (code, output), = blocks("cpp")
    example = ROOT / "examples" / "cpp" / "first_question.cpp"
    assert code == example.read_text(encoding="utf-8")
    hold(code, output, example.with_suffix(".out").read_text(encoding="utf-8"))


@pytest.mark.skipif(not PROGRAM.exists(), reason="the command line is not built: run ./dev build")
def test_commands_print_what_they_show(tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    environment = {**os.environ, "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}"}
    shown = [(code, output) for code, output in blocks("console") if "policygraph" in code]
    assert shown
    for code, output in shown:
        printed = ""
        for line in code.splitlines():
            command = shlex.split(line.removeprefix("$ "))
            printed += subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True).stdout
        hold(code, output, printed)


def test_links_lead_somewhere() -> None:
    for link in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / link).exists(), link
