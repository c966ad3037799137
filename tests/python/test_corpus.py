"""The annotated documents of tests/corpus hold together."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[1] / "corpus"


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(CORPUS / script), *arguments], capture_output=True, text=True)


def test_no_annotation_has_a_fault() -> None:
    result = run("check.py")
    assert result.returncode == 0, result.stdout


def test_there_are_enough_citation_forms_and_none_twice() -> None:
    result = run("citations.py", "--check")
    assert result.returncode == 0, result.stdout


def test_the_page_states_the_committed_figures() -> None:
    sys.path.insert(0, str(CORPUS))
    import score

    figures = json.loads(score.FIGURES.read_text(encoding="utf-8"))
    assert score.BEGIN + score.page_of(figures) + score.END in score.PAGE.read_text(encoding="utf-8")


def test_what_is_wrong_is_found(tmp_path: Path) -> None:
    sys.path.insert(0, str(CORPUS))
    import check
    import corpus

    good = "language: en\ngenre: news\nsplit: dev\n---\n{o1:ADB} lends {f1:USD 5 million}.\n---\no1 multilateral\nf1 5000000 USD loan planned\n---\no1 PROVIDES f1\n"
    for old, new, fault in [
        ("", "", ""),
        ("f1 5000000", "f1 7000000", "is not what"),
        ("PROVIDES", "GIVES", "unknown relation"),
        ("o1 PROVIDES f1", "f1 PROVIDES o1", "wrong type"),
        ("o1 PROVIDES f1", "o1 PROVIDES f1 :: ADB gives", "does not stand in the text"),
        ("o1 PROVIDES f1", "o1 PROVIDES f2 :: ADB", "is no node"),
        ("loan planned", "debt planned", "unknown kind"),
        ("loan planned", "loan planned 2031", "does not stand in the text"),
        ("o1 multilateral", "o1 multilateral\no2 company", "is mentioned nowhere"),
        ("o1 multilateral\n", "", "marked in the text and no node"),
    ]:
        path = tmp_path / "en-news-0.txt"
        path.write_text(good.replace(old, new, 1) if old else good, encoding="utf-8")
        found = list(check.faults(corpus.Document(path)))
        assert bool(found) == bool(fault) and all(fault in f for f in found[:1]), (new, found)
