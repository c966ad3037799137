"""Chromium as Debian packages it, without a network: a request to any other host than this one fails the test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import policygraph as pg

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "browser"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no chromium; apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        arguments = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


class Watched:
    """A page, what it asked other hosts for, and what went wrong in it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.elsewhere: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self._ask(request.url))
        page.on("pageerror", self._note)
        page.on("dialog", lambda dialog: (self.errors.append("dialog " + dialog.message), dialog.dismiss()))

    def _note(self, error: Any) -> None:
        """What goes wrong in the scripts of a program that shows notebooks is none of ours."""
        if "/static/" not in (error.stack or ""):
            self.errors.append(f"{error}\n{error.stack}")

    def _ask(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "file://", "data:", "blob:", "about:")):
            self.elsewhere.append(url)

    def photograph(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png")


@pytest.fixture
def watched(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Watched]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme=getattr(request, "param", "light"))
    watched = Watched(context.new_page())
    yield watched
    if request.session.testsfailed:
        watched.photograph("at-failure")
    context.close()
    assert watched.elsewhere == []
    assert watched.errors == []


@pytest.fixture(scope="session")
def documents() -> pg.Graph:
    graph = pg.open_in_memory()
    graph.ingest(ROOT / "examples" / "documents")
    return graph


def point_on_an_edge(frame: Any) -> tuple[float, float]:
    """Of the frame or page, where a click meets an edge and nothing else."""
    return tuple(
        frame.evaluate(
            """() => {
              for (const link of document.querySelectorAll("a.pg-link")) {
                const path = link.querySelector("path");
                for (const share of [0.5, 0.4, 0.6, 0.3, 0.7]) {
                  const at = path.getPointAtLength(path.getTotalLength() * share).matrixTransform(path.getScreenCTM());
                  const hit = document.elementFromPoint(at.x, at.y);
                  if (hit && hit.closest("a") === link) return [at.x, at.y];
                }
              }
              throw new Error("no edge can be clicked");
            }"""
        )
    )


def overlapping_words(frame: Any) -> list[str]:
    """Words of a picture that lie on one another, as the browser measures them."""
    found: list[str] = frame.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll(".pg-picture text")].map((text) => [text.textContent, text.getBBox()]);
          const out = [];
          for (let i = 0; i < boxes.length; ++i)
            for (let k = i + 1; k < boxes.length; ++k) {
              const [a, b] = [boxes[i][1], boxes[k][1]];
              const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
              const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
              if (across > 1 && down > 3) out.push(boxes[i][0] + " / " + boxes[k][0]);
            }
          return out;
        }"""
    )
    return found
