"""The page as a browser shows it: from a file, offline."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from conftest import Watched, overlapping_words, point_on_an_edge

import policygraph as pg

HOSTILE = "</title></script></svg><script>window.hit = 1</script><img src=x onerror='window.hit=1'>\" onload=\"window.hit=1"


def opened(watched: Watched, graph: pg.Graph, folder: Path, **options: Any) -> Any:
    graph.view(**options).save(folder / "view.html")
    watched.page.goto((folder / "view.html").as_uri())
    return watched.page


def test_three_hundred_nodes_are_visible_within_a_second_and_a_half(watched: Watched, tmp_path: Path) -> None:
    graph = pg.open_in_memory("open")
    graph.query("UNWIND range(1, 300) AS i CREATE (:Act {n: i, name: 'An act of some length, number ' + i})")
    graph.query("MATCH (a:Act), (b:Act) WHERE b.n IN [a.n * 7 % 301, a.n / 3] AND a <> b CREATE (a)-[:CITES]->(b)")
    graph.view().save(tmp_path / "view.html")
    start = time.perf_counter()
    watched.page.goto((tmp_path / "view.html").as_uri(), wait_until="commit")
    watched.page.locator("html.live a.pg-node").nth(299).wait_for()
    watched.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    took = time.perf_counter() - start
    print(f"300 nodes visible after {took:.2f} s")
    watched.photograph("page-light")
    assert took < 1.5


@pytest.mark.parametrize("watched", ["light", "dark"], indirect=True)
def test_a_click_on_an_edge_shows_its_quote(watched: Watched, documents: pg.Graph, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    page = opened(watched, documents, tmp_path)
    page.mouse.click(*point_on_an_edge(page))
    quote = page.locator(".panel mark").first.inner_text()
    texts = [documents.snapshot().text(document.id) or "" for document in documents.snapshot().documents]
    assert quote
    assert any(quote in " ".join(text.split()) or quote in text for text in texts)
    watched.photograph("page-edge-" + request.node.callspec.params["watched"])
    page.keyboard.press("Escape")
    assert page.locator(".panel").is_hidden()


def test_search_goes_to_what_it_finds(watched: Watched, documents: pg.Graph, tmp_path: Path) -> None:
    page = opened(watched, documents, tmp_path)
    page.get_by_placeholder("search").fill("Sustainable Rural")
    assert page.locator("a.pg-node.found").count() >= 1
    page.keyboard.press("Enter")
    assert "Sustainable Rural" in page.locator(".panel h3").inner_text()
    page.locator(".panel ul.edges button").first.click()
    assert page.locator(".panel mark").count() >= 1


def test_types_and_years_can_be_left_out(watched: Watched, documents: pg.Graph, tmp_path: Path) -> None:
    page = opened(watched, documents, tmp_path)
    page.get_by_text("types, and how to move").click()
    page.get_by_role("checkbox", name="Funding").uncheck()
    assert page.locator("a.pg-node[data-kind=Funding]:visible").count() == 0
    assert page.locator("a.pg-link[data-kind=FUNDS]:visible").count() == 0
    page.get_by_label("from year").fill("2024")
    shown = page.locator("a.pg-node[data-to]:not(.off)").evaluate_all("nodes => nodes.map((one) => one.dataset.to)")
    assert shown
    assert all(last >= "2024-01-01" for last in shown)
    page.get_by_label("dated only").check()
    assert page.locator("a.pg-node:not([data-from]):not([data-to]):not(.off)").count() == 0


def test_the_keyboard_suffices(watched: Watched, documents: pg.Graph, tmp_path: Path) -> None:
    page = opened(watched, documents, tmp_path)
    page.locator("a.pg-node[tabindex='0']").focus()
    first = page.evaluate("document.activeElement.dataset.node")
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    assert page.locator("a[tabindex='0']").count() == 1
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.node") != first
    page.keyboard.press("Enter")
    assert page.locator(".panel h3").is_visible()
    before = page.locator(".frame > svg").get_attribute("viewBox")
    page.locator("a[tabindex='0']").focus()
    page.keyboard.press("+")
    assert page.locator(".frame > svg").get_attribute("viewBox") != before
    page.keyboard.press("0")
    page.keyboard.press("Escape")
    assert page.locator(".panel").is_hidden()


def test_wheel_and_drag_move_the_picture(watched: Watched, documents: pg.Graph, tmp_path: Path) -> None:
    page = opened(watched, documents, tmp_path)
    box = page.locator(".frame").bounding_box()
    seen = [page.locator(".frame > svg").get_attribute("viewBox")]
    page.mouse.move(box["x"] + 60, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 260, steps=4)
    page.mouse.up()
    seen.append(page.locator(".frame > svg").get_attribute("viewBox"))
    page.locator(".frame").focus()
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(100)
    seen.append(page.locator(".frame > svg").get_attribute("viewBox"))
    assert len(set(seen)) == 3


def test_without_scripts_the_links_lead_to_the_tables(chromium: Any, documents: pg.Graph, tmp_path: Path) -> None:
    documents.view().save(tmp_path / "view.html")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "view.html").as_uri())
    address = page.locator("a.pg-node").first.get_attribute("href")
    page.goto((tmp_path / "view.html").as_uri() + address)
    assert page.locator(f"tr{address}").is_visible()
    assert page.locator(".tools").count() == 0
    context.close()


def test_what_documents_say_never_runs(watched: Watched, tmp_path: Path) -> None:
    graph = pg.open_in_memory("open")
    with graph.begin("by:anna") as edit:
        edit.set_note(HOSTILE)
        a, b = edit.create_node(["Act", HOSTILE], name=HOSTILE), edit.create_node("Act", name="b")
        edit.create_edge(a, HOSTILE, b, {HOSTILE: HOSTILE})
    page = opened(watched, graph, tmp_path, title=HOSTILE)
    page.mouse.click(*point_on_an_edge(page))
    assert "window.hit" in page.locator(".panel mark").first.inner_text()
    page.get_by_placeholder("search").fill("window")
    page.keyboard.press("Enter")
    assert page.evaluate("window.hit") is None
    assert page.locator("script").count() == 1
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("watched", ["light", "dark"], indirect=True)
@pytest.mark.parametrize("kind", ["svg", "timeline", "flow"])
def test_words_of_pictures_do_not_overlap(watched: Watched, documents: pg.Graph, tmp_path: Path, kind: str, request: pytest.FixtureRequest) -> None:
    if kind == "timeline":
        svg = documents.timeline("PQ-300", hops=2).svg
    else:
        svg = documents.money_flow("Sustainable Rural Development").svg if kind == "flow" else documents.to_svg()
    (tmp_path / "picture.svg").write_text(svg)
    watched.page.goto((tmp_path / "picture.svg").as_uri())
    watched.photograph(f"{kind}-{request.node.callspec.params['watched']}")
    assert overlapping_words(watched.page) == []
