"""Identity: what is proposed to a person, and what the person decides."""

import pytest

import policygraph as pg


def graph_of(*names: str) -> pg.Graph:
    graph = pg.open_in_memory()
    with graph.begin("by:test") as transaction:
        for name in names:
            transaction.create_node("Person", name=name)
    return graph


def persons(graph: pg.Graph) -> int:
    return len(graph.query("MATCH (p:Person) RETURN p"))


def test_a_review_is_a_table_with_reasons() -> None:
    review = graph_of("Otabek Mahmudov", "О. Махмудов", "Gulnora Saidova", "Gulnoza Saidova").review()
    assert repr(review) == "<Review: 1 proposal>"
    proposal = review[0]
    assert (proposal.label, proposal.a_name, proposal.b_name, proposal.rule) == ("Person", "Otabek Mahmudov", "О. Махмудов", "rule:person-initials/1")
    assert [one["score"] for one in review.to_dicts()] == [0.85]
    assert "an initial that fits" in review._repr_html_()


def test_accepting_merges_and_rejecting_keeps_apart() -> None:
    graph = graph_of("Otabek Mahmudov", "О. Махмудов")
    graph.review().reject(0, note="his brother", by="anna")
    assert persons(graph) == 2 and len(graph.review()) == 0
    graph = graph_of("Otabek Mahmudov", "О. Махмудов")
    graph.review().accept(0, note="the same post", by="anna")
    assert persons(graph) == 1 and len(graph.review()) == 0


def test_names_are_escaped() -> None:
    html = graph_of("Otabek <script> Mahmudov", "O. <script> Mahmudov").review(least=0.1)._repr_html_()
    assert "<script>" not in html


def test_limits_and_wrong_rows() -> None:
    graph = graph_of("Otabek Mahmudov", "О. Махмудов", "Ergash Shomurotov", "Ergash Shomurodov")
    assert len(graph.review()) == 2 and len(graph.review(limit=1)) == 1 and len(graph.review(least=0.9)) == 0
    with pytest.raises(IndexError):
        graph.review().accept(7)


def test_a_data_frame() -> None:
    pytest.importorskip("pandas")
    assert list(graph_of("Otabek Mahmudov", "О. Махмудов").review().to_pandas()["score"]) == [0.85]
