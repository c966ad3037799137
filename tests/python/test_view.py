"""Pictures and views: what they hold, that they ask no host for anything, and that text of documents stays text in all of them."""

from __future__ import annotations

import base64
import decimal
import random
import re
import xml.etree.ElementTree as xml
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import policygraph as pg

SVG = "{http://www.w3.org/2000/svg}"
PIECES = ["<", ">", "&", '"', "'", "`", "=", "/", "\\", "<script>alert(1)</script>", "</script>", "</title>", "</style>", "-->", "<!--", "]]>", "<![CDATA[",
          "&lt;", "&#60;", "&quot;", "javascript:alert(1)", " onload=alert(1) ", "${alert(1)}", "\u2028", "\u202e", "\u0000", "\x1b[2J", "\ufffe", "щ", "水",
          "<svg/onload=alert(1)>", "<img src=x onerror=alert(1)>", "');alert(1);//", "url(http://evil.example/x)", "</iframe>", "\r\n", "\t", "a" * 300]


class Elements(HTMLParser):
    """What a browser would see: elements with their attributes, and the text between."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.found if name == tag]


HARMLESS = set(
    "html head meta title style body header nav main section h1 h2 p ul ol li a span bdi div details summary table caption thead tbody tr th td dl dt dd q mark br "
    "cite code strong script svg desc defs marker path rect g text img iframe".split()
)


def check_html(html: str, scripts: int = 0) -> None:
    seen = Elements(html)
    assert {tag for tag, _ in seen.found} <= HARMLESS
    assert len(seen.named("script")) == scripts
    for tag, attributes in seen.found:
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        if tag == "iframe":
            assert set(attributes) == {"class", "title", "srcdoc", "sandbox", "style"}
            assert "allow-same-origin" not in attributes["sandbox"]
            check_html(attributes["srcdoc"], scripts=1)
        for name in ("src", "href"):
            address = attributes.get(name, "#")
            assert address.startswith(("#", "https://", "http://", "data:image/svg+xml;base64,")), (tag, address)
            if address.startswith("data:"):
                check_svg(base64.b64decode(address.split(",", 1)[1]).decode())


def check_svg(svg: str) -> None:
    root = xml.fromstring(svg)
    assert root.tag == SVG + "svg"
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in HARMLESS
        assert not [name for name in element.attrib if name.startswith("on") or name.endswith("href")]


def hostile_graph(name: str) -> pg.Graph:
    graph = pg.open_in_memory("open")
    key = name.replace("\x00", "") or "x"
    with graph.begin("by:anna") as edit:
        edit.set_note(name)
        plan = edit.create_node(["Programme", key], {"name": name, key: name, "opened": pg.PartialDate("2024")})
        sum_ = edit.create_node("Funding", {"amount": decimal.Decimal("5000000"), "currency": name, "kind": name, "status": name})
        giver = edit.create_node(key, {"name": name})
        edit.create_edge(sum_, "FUNDS", plan, {key: name})
        edit.create_edge(giver, "PROVIDES", sum_)
        edit.create_edge(giver, key, plan)
    return graph


def shown_ways(graph: pg.Graph) -> list[Callable[[], tuple[str, int]]]:
    """Every way that text of a document reaches a reader as HTML."""
    found = graph.query("MATCH p = (g)-[:PROVIDES]->(f)-[r:FUNDS]->(n) RETURN g, f, r, n, p, n.name AS name, labels(g) AS labels")
    row = found.one()
    things = [graph, graph.snapshot(), found, row, found.table(mixed="text"), found.why(), found.why()[0], *row[:5], row.evidence[0],
              graph.snapshot().documents[0], graph.view(title=row["name"]), found.view(), row["p"].view(), row["n"].around(1).view(),
              graph.timeline(row["n"]), graph.money_flow(row["n"], title=row["name"]), graph.money_flow(), graph.snapshot().verify()]
    return [lambda thing=thing: (thing._repr_html_(), 0) for thing in things]


@pytest.mark.parametrize("seed", range(60))
def test_what_documents_say_stays_text_in_every_display(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    name = PIECES[seed] if seed < len(PIECES) else "".join(chance.choice(PIECES) for _ in range(chance.randint(2, 9)))
    graph = hostile_graph(name)
    for shown in shown_ways(graph):
        check_html(*shown())
    graph.write_page(tmp_path / "page.html", title=name)
    check_html((tmp_path / "page.html").read_text(), scripts=1)
    node, = graph.snapshot().nodes("Programme")
    for svg in (graph.to_svg(title=name), graph.timeline(node).svg, graph.money_flow().svg, graph.query("MATCH p=()-[]->() RETURN p").to_region().to_svg()):
        check_svg(svg)


@pytest.fixture
def water() -> pg.Graph:
    graph = pg.open_in_memory()
    with graph.begin("by:anna") as edit:
        edit.set_note("The World Bank lends USD 5,000,000 for Water for all.")
        bank = edit.create_node("Organization", name="World Bank", kind="multilateral")
        loan = edit.create_node("Funding", kind="loan", amount=decimal.Decimal("5000000"), currency="USD", period_to=pg.PartialDate("2028"))
        plan = edit.create_node("Programme", name="Water for all", kind="programme", planned_start=pg.PartialDate("2024-05"))
        edit.create_edge(bank, "PROVIDES", loan)
        edit.create_edge(loan, "FUNDS", plan)
    return graph


def test_a_view_holds_what_is_drawn_and_its_quotes(water: pg.Graph) -> None:
    page = Elements(water.view(title="Water").html)
    assert len([one for one in page.named("a") if "data-node" in one]) == 3
    assert {one["data-kind"] for one in page.named("a") if "data-edge" in one} == {"PROVIDES", "FUNDS"}
    assert "<mark>The World Bank lends USD 5,000,000 for Water for all.</mark>" in water.view().html
    assert repr(water.view(title="Water")) == "<View 'Water' of 3 nodes>"
    assert "2 of 3 nodes" in water.view(max_nodes=2).html


def test_a_view_asks_no_host_for_anything(water: pg.Graph) -> None:
    html = water.view().html
    assert "default-src 'none'" in html
    assert not re.search(r"\ssrc=|url\((?!#)|@import|<link|import\(|fetch\(|XMLHttpRequest|WebSocket|innerHTML|eval\(", html)


def test_a_view_is_saved_as_a_page_or_a_picture(water: pg.Graph, tmp_path: Path) -> None:
    view = water.view()
    view.save(tmp_path / "view.html")
    view.save(tmp_path / "view.svg")
    assert (tmp_path / "view.html").read_text() == view.html
    assert (tmp_path / "view.svg").read_text() == view.svg == water.to_svg()
    water.timeline("water").save(tmp_path / "time.svg")
    assert (tmp_path / "time.svg").read_text().startswith("<svg")
    with pytest.raises(pg.InputOutputError):
        view.save(tmp_path / "absent" / "view.html")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["time.svg", "view.html", "view.svg"]


def test_notebooks_that_are_not_trusted_have_the_picture(water: pg.Graph) -> None:
    bundle: dict[str, Any] = water.view()._repr_mimebundle_()
    assert set(bundle) == {"text/html", "image/svg+xml", "text/plain"}
    without_frame = re.sub(r"<iframe.*?</iframe>", "", bundle["text/html"], flags=re.DOTALL)
    picture, = Elements(without_frame).named("img")
    assert "Programme: 1" in picture["alt"]


def test_answers_and_paths_show_what_is_joined(water: pg.Graph) -> None:
    found = water.query("MATCH p = (:Organization)-[:PROVIDES]->(:Funding)-[:FUNDS]->(:Programme) RETURN p")
    for thing in (found, found.one()["p"], water, water.snapshot()):
        assert len(Elements(thing._repr_html_()).named("img")) == 1, type(thing)
    assert Elements(water.query("MATCH (n:Programme) RETURN n")._repr_html_()).named("img") == []
    assert repr(found.view()) == repr(found.one()["p"].view()) == "<View 'Policy graph' of 3 nodes>"
    assert ">World Bank<" in found.one()["p"].to_svg()


def test_timelines_and_flows_say_what_is_wrong(water: pg.Graph) -> None:
    with pytest.raises(pg.NotFoundError, match="nothing is called 'fire'"):
        water.timeline("fire")
    with pytest.raises(pg.ArgumentTypeError):
        water.timeline(7)  # type: ignore[arg-type]
    with pytest.raises(pg.InvalidArgumentError):
        water.money_flow(max_sums=-1)
    assert water.timeline("water").title == "Timeline of Water for all"
    assert "5\u202f000\u202f000 USD" in water.money_flow("water").svg
    other, = pg.open_in_memory("open").query("CREATE (n:City {name: 'x'}) RETURN n").one()
    empty = pg.open_in_memory()
    with pytest.raises(pg.NotFoundError, match="not in the snapshot"):
        empty.timeline(other)


def test_views_of_many_nodes_stay_small() -> None:
    graph = pg.open_in_memory("open")
    graph.query("UNWIND range(1, 3000) AS i CREATE (:Act {n: i, name: 'Act ' + i})")
    graph.query("MATCH (a:Act), (b:Act) WHERE b.n = a.n * 7 % 3001 AND a <> b CREATE (a)-[:CITES]->(b)")
    view = graph.view()
    assert "300 of 3000 nodes" in view.html
    assert len(view._repr_html_()) < 2_000_000
    assert "<img" not in graph._repr_html_()
