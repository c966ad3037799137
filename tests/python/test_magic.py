"""Cypher in notebook cells."""

from __future__ import annotations

from typing import Any

import pytest

import policygraph as pg
from policygraph import magic


@pytest.fixture
def shell() -> Any:
    pytest.importorskip("IPython")
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    shell.run_line_magic("load_ext", "policygraph")
    shell.run_line_magic("reload_ext", "policygraph")
    graph = pg.open_in_memory("open")
    graph.query("CREATE (:City {name: 'Nukus', people: 5})-[:ROAD {km: 7}]->(:City {name: 'Khiva', people: 7})")
    shell.user_ns["graph"] = graph
    yield shell
    shell.history_manager.enabled = False
    shell.history_manager.end_session()


def test_a_cell_is_a_query_with_the_notebooks_variables(shell: Any) -> None:
    shell.user_ns["least"] = 6
    shown = shell.run_cell_magic("cypher", "", "MATCH (c:City)\nWHERE c.people > $least // not $name\nRETURN c.name")
    assert shown.scalar() == "Khiva"
    assert shown[0].evidence
    assert not shell.run_cell_magic("cypher", "--no-evidence", "MATCH (c:City) RETURN c.name")[0].evidence


def test_forms_of_the_answer(shell: Any) -> None:
    assert shell.run_cell_magic("cypher", "-o found", "MATCH (c:City) RETURN c.name") is None
    assert len(shell.user_ns["found"]) == 2
    assert "[1] “" in repr(shell.run_cell_magic("cypher", "--as citations", "MATCH (c:City) RETURN c.name"))
    assert len(shell.run_cell_magic("cypher", "--as graph", "MATCH p = ()-->() RETURN p")) == 2
    assert shell.run_cell_magic("cypher", "--as table", "RETURN 1 AS n").schema == {"n": "int64"}
    for form, least in {"polars": "polars", "pandas": "pandas", "arrow": "pyarrow", "networkx": "networkx"}.items():
        pytest.importorskip(least)
        assert shell.run_cell_magic("cypher", f"--as {form}", "MATCH ()-[r]->() RETURN r") is not None


def test_the_picture_of_an_answer_runs_no_script(shell: Any) -> None:
    graph = shell.user_ns["graph"]
    graph.query("CREATE (:City {name: '<script>alert(1)</script>'})")
    svg = graph.query("MATCH (c:City) RETURN collect({it: c}) AS all").to_region()._repr_svg_()
    assert svg.startswith("<svg")
    assert "<script" not in svg
    assert "Khiva" in svg


def test_trouble_is_told_without_a_traceback(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    result = shell.run_cell("%%cypher\nMATCH (c:City) RETURN d")
    assert not result.success
    told = capsys.readouterr()
    assert "Traceback" not in told.out + told.err
    assert "^" in told.out + told.err
    for line, words in [("--as excel", "unknown form 'excel'"), ("-x", "unknown option"), ("-g nowhere", "no variable 'nowhere'"), ("-o", "needs a word"), ("-o 1a", "no name of a variable")]:
        assert not shell.run_cell(f"%%cypher {line}\nRETURN 1").success
        told = capsys.readouterr()
        assert words in told.out + told.err
    assert not shell.run_cell("%%cypher\nRETURN $missing").success


def test_which_graph_is_asked() -> None:
    one, other = pg.open_in_memory("open"), pg.open_in_memory("open")
    assert magic.graph_of("", {"a": one, "also": one, "_1": other, "n": 5}) is one
    assert magic.graph_of("", {"a": other, "graph": one}) is one
    assert magic.graph_of("b", {"a": one, "b": other.snapshot()}).node_count == 0  # type: ignore[union-attr]
    for name, variables, words in [
        ("", {"a": one, "b": other}, "several graphs: a, b"),
        ("", {}, "no graph here"),
        ("n", {"n": 5}, "'n' is no graph"),
    ]:
        with pytest.raises(ValueError, match=words):
            magic.graph_of(name, variables)


def test_completion_knows_what_may_stand_there(shell: Any) -> None:
    names = shell.user_ns
    names["least"] = 6
    assert magic.completions("%%cypher\nMATCH (c:Ci", names) == ["City"]
    assert magic.completions("%%cypher\nMATCH (c:City)-[r:", names) == ["ROAD"]
    assert magic.completions("%%cypher\nMATCH (c:City)-[r:ROAD]->(d:", names) == ["City"]
    assert magic.completions("%%cypher\nMATCH (c) RETURN c.", names) == ["km", "name", "people"]
    assert magic.completions("%%cypher\nRETURN $le", names) == ["least"]
    assert magic.completions("MATCH (c:Ci", names) == []
    assert magic.completions("%%cypher -g nowhere\nMATCH (c:Ci", names) == []
    assert "LegalAct" in magic.completions("%%cypher\nMATCH (a:Legal", {"g": pg.open_in_memory()})
    code = "%%cypher\nMATCH (c:City) RETURN c.peo"
    if getattr(shell.Completer, "custom_matchers", None) is not None:
        with __import__("IPython").core.completer.provisionalcompleter():
            found = [one.text for one in shell.Completer.completions(code, len(code))]
        assert any(text.endswith("people") for text in found), found
