"""Findings in Python: a table with the words they rest on."""

from pathlib import Path

import pytest

import policygraph as pg


def audit_of(tmp_path: Path, text: str) -> pg.Audit:
    path = tmp_path / "note.txt"
    path.write_text(text, encoding="utf-8")
    graph = pg.open_in_memory()
    graph.ingest(path)
    return graph.audit()


def test_a_finding_has_nodes_names_and_quotes(tmp_path: Path) -> None:
    audit = audit_of(tmp_path, "Decree No. PF-9 of 5 May 2023 amends Decree No. PF-12 of 7 July 2024.")
    finding = audit[0]
    assert (len(audit), finding.code, finding.severity, finding.names) == (1, "DATE_ORDER", "warning", ("PF-9", "PF-12"))
    assert len(finding.nodes) == 2 and "PF-12" in finding.evidence[0].quote
    assert repr(audit) == "<Audit: 1 finding>"


def test_it_is_shown_escaped_and_with_its_quotes(tmp_path: Path) -> None:
    html = audit_of(tmp_path, "Decree No. PF-9 of 5 May 2023 amends <b> Decree No. PF-12 of 7 July 2024.")._repr_html_()
    assert "<b>" not in html and "DATE_ORDER" in html and "<details>" in html


def test_what_an_act_does_not_do_is_no_conflict(tmp_path: Path) -> None:
    assert not list(audit_of(tmp_path, "Decree No. PF-9 of 5 May 2023 does not amend Decree No. PF-12 of 7 July 2024."))


def test_a_data_frame(tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    frame = audit_of(tmp_path, "Decree No. PF-9 of 5 May 2023 amends Decree No. PF-12 of 7 July 2024.").to_pandas()
    assert list(frame["code"]) == ["DATE_ORDER"]
