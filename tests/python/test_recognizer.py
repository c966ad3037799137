"""Recognisers written in Python."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import policygraph as pg

TEXT = "Парк № 4 🙂\n\nThe City Council backs the Tram Line 4 programme in full. The City Council meets on Monday.\n"


class TramLines(pg.Recognizer):
    """Proposes a body, a programme, and that one is a partner in the other."""

    name = "tram-lines/1"

    def recognise(self, document: pg.DocumentText) -> Iterator[pg.Mention | pg.Relation]:
        found = re.search(r"City Council.*?(Tram Line \d+)", document.text)
        if not found:
            return
        council = pg.Mention(found.start(), found.start() + 12, "Organization", {"name": "City Council", "kind": "government"})
        line = pg.Mention(found.start(1), found.end(1), "Programme", {"name": found[1], "kind": "project"}, confidence=0.9)
        yield council
        yield line
        yield pg.Relation("PARTNER_IN", council, line, found.start(), found.end())


def ingested(tmp_path: Path, recognizer: pg.Recognizer) -> tuple[pg.Graph, list[str]]:
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    graph = pg.open_in_memory()
    result = graph.ingest(tmp_path, recognizers=[recognizer])
    return graph, [diagnostic.text for diagnostic in result.diagnostics]


def test_proposals_become_nodes_and_edges(tmp_path: Path) -> None:
    graph, _ = ingested(tmp_path, TramLines())
    text = "MATCH (o:Organization {name: 'City Council'})-[r:PARTNER_IN]->(p:Programme {name: 'Tram Line 4'}) RETURN p"
    row = graph.query(text).one()
    citation = next(piece for piece in row[0].evidence if piece.extractor == "tram-lines/1")
    assert citation.quote == "Tram Line 4"
    assert TEXT[citation.start : citation.end] == "Tram Line 4"


class Proposing(pg.Recognizer):
    name = "one/1"

    def __init__(self, proposal: object) -> None:
        self.proposal = proposal

    def recognise(self, document: pg.DocumentText) -> Iterator[pg.Mention]:
        yield self.proposal  # type: ignore[misc]


@pytest.mark.parametrize(
    "proposal",
    [
        pg.Mention(0, 10_000, "Programme", {"name": "x", "kind": "project"}),
        pg.Mention(-3, 2, "Programme", {"name": "x", "kind": "project"}),
        pg.Mention(0, 4, "Spaceship"),
        pg.Mention(0, 4, "Programme", {"name": "x", "kind": "project"}, confidence=7.0),
        "no proposal at all",
    ],
    ids=["past the end", "negative", "label", "confidence", "type"],
)
def test_what_the_schema_or_the_text_does_not_bear_is_left_out(tmp_path: Path, proposal: object) -> None:
    graph, diagnostics = ingested(tmp_path, Proposing(proposal))
    assert diagnostics
    assert not [node for node in graph.snapshot().nodes("Programme") if node.get("name") == "x"]
    assert graph.verify().is_sound


def test_a_property_the_schema_does_not_have_is_left_out_alone(tmp_path: Path) -> None:
    proposal = pg.Mention(0, 4, "Programme", {"name": "x", "kind": "project", "colour": "red"})
    graph, diagnostics = ingested(tmp_path, Proposing(proposal))
    assert any("colour" in text for text in diagnostics)
    assert graph.query("MATCH (p:Programme {name: 'x'}) RETURN p").one()[0].get("colour") is None


def test_an_exception_is_a_diagnostic(tmp_path: Path) -> None:
    class Broken(pg.Recognizer):
        name = "broken/1"

        def recognise(self, document: pg.DocumentText) -> Iterator[pg.Mention]:
            raise RuntimeError("the model is out")

    graph, diagnostics = ingested(tmp_path, Broken())
    assert any("the model is out" in text for text in diagnostics)
    assert graph.snapshot().documents


def test_a_recogniser_sees_what_was_found_before(tmp_path: Path) -> None:
    seen: list[pg.DocumentText] = []

    class Looking(pg.Recognizer):
        name = "looking/1"

        def recognise(self, document: pg.DocumentText) -> list[pg.Mention]:
            seen.append(document)
            return []

    (tmp_path / "decree.txt").write_text("Presidential Decree No. PF-6079 dated October 5, 2020 was signed.\n")
    pg.open_in_memory().ingest(tmp_path / "decree.txt", recognizers=[Looking()])
    (document,) = seen
    assert "Decree" in [mention.label for mention in document.mentions]
    assert document.sentences
    start, end = document.sentences[0]
    assert document.text[start:end].startswith("Presidential")


def test_a_recogniser_needs_a_name(tmp_path: Path) -> None:
    with pytest.raises(pg.InvalidArgumentError, match="name"):
        pg.open_in_memory().ingest(tmp_path, recognizers=[pg.Recognizer()])
