"""The first tutorial in JupyterLab, Notebook 7, marimo, nbconvert and under VS Code's rules: click an edge, read its quote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import servers
from conftest import Watched, point_on_an_edge

import policygraph as pg

LIGHT, DARK = "rgb(255, 255, 255)", "rgb(20, 24, 30)"


def read_an_edge(watched: Watched, name: str) -> str:
    """Clicks an edge of the view on the page and gives the first quote that is shown then."""
    page = watched.page
    view = page.locator("iframe.policygraph-view")
    view.wait_for(timeout=60_000)
    view.scroll_into_view_if_needed()
    frame = view.element_handle().content_frame()
    frame.wait_for_selector("html.live a.pg-link")
    view.evaluate("element => element.scrollIntoView({block: 'start'})")
    frame.locator(".frame").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box = view.bounding_box()
    x, y = point_on_an_edge(frame)
    page.mouse.click(box["x"] + x, box["y"] + y)
    quote: str = frame.locator(".panel mark").first.inner_text()
    watched.photograph(name)
    return quote


def check_quote(quote: str, documents: pg.Graph) -> None:
    now = documents.snapshot()
    assert quote
    assert any(quote in " ".join((now.text(one.id) or "").split()) for one in now.documents)


def ground(watched: Watched) -> str:
    """The colour behind the view's page."""
    frame = watched.page.locator("iframe.policygraph-view").element_handle().content_frame()
    colour: str = frame.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def colour_of_picture(watched: Watched) -> str:
    """Of a corner of the picture without a script, as it is painted."""
    image = watched.page.locator("img.policygraph-picture").first
    image.evaluate("element => { for (let at = element; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true; }")
    image.scroll_into_view_if_needed()
    watched.page.wait_for_timeout(200)
    from io import BytesIO

    pillow = pytest.importorskip("PIL.Image")
    corner = pillow.open(BytesIO(image.screenshot())).convert("RGB").getpixel((12, 12))
    return "rgb({}, {}, {})".format(*corner)


def run_all(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address)
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    servers.wait_for_kernel(address)
    page.wait_for_timeout(500)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


@pytest.mark.parametrize("program", ["jupyterlab", "notebook"])
def test_the_tutorial_runs_and_its_edges_show_their_quotes(program: str, watched: Watched, documents: pg.Graph, tmp_path: Path) -> None:
    pytest.importorskip(program)
    dark = program == "jupyterlab"  # whose theme is followed, while the browser is light
    with servers.jupyter(program, tmp_path, dark) as address:
        run_all(watched, address)
        check_quote(read_an_edge(watched, program), documents)
        page = watched.page
        assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr'], .jp-RenderedText[data-mime-type*=error]").count() == 0
        assert ground(watched) == (DARK if dark else LIGHT)


@pytest.mark.parametrize("watched", ["dark"], indirect=True)
def test_marimo_shows_it_in_its_own_theme(watched: Watched, documents: pg.Graph, tmp_path: Path) -> None:
    pytest.importorskip("marimo")
    with servers.marimo(tmp_path) as address:
        watched.page.goto(address)
        check_quote(read_an_edge(watched, "marimo"), documents)
        watched.page.get_by_text("No evidence").wait_for()
        assert ground(watched) == LIGHT  # marimo's own, beside a browser that is dark


@pytest.mark.parametrize("watched", ["dark"], indirect=True)
def test_nbconvert_keeps_it(watched: Watched, documents: pg.Graph, tmp_path: Path) -> None:
    pytest.importorskip("nbconvert")
    watched.page.goto(servers.converted(tmp_path).as_uri())
    check_quote(read_an_edge(watched, "nbconvert"), documents)
    assert ground(watched) == LIGHT


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_rules_of_vs_code_leave_it_whole(theme: str, watched: Watched, documents: pg.Graph, tmp_path: Path) -> None:
    (tmp_path / "output.html").write_text(servers.VS_CODE.format(theme=theme))
    watched.page.goto((tmp_path / "output.html").as_uri())
    watched.page.evaluate("html => { document.getElementById('output').innerHTML = html; }", documents.view()._repr_html_())
    check_quote(read_an_edge(watched, f"vscode-{theme}"), documents)
    assert ground(watched) == (DARK if theme == "dark" else LIGHT)
    assert colour_of_picture(watched) == (DARK if theme == "dark" else LIGHT)


def test_a_theme_that_changes_is_followed(watched: Watched, documents: pg.Graph, tmp_path: Path) -> None:
    (tmp_path / "output.html").write_text(f"<!DOCTYPE html><body data-jp-theme-light=true>{documents.view()._repr_html_()}")
    watched.page.goto((tmp_path / "output.html").as_uri())
    view: Any = watched.page.locator("iframe.policygraph-view")
    view.element_handle().content_frame().wait_for_selector("html.live")
    for zoom in (0.5, 0.8, 1, 1.1, 1.5):
        for is_light in (True, False):
            watched.page.evaluate("([zoom, light]) => { document.body.style.zoom = zoom; document.body.dataset.jpThemeLight = light; }", [zoom, is_light])
            watched.page.wait_for_timeout(100)
            assert ground(watched) == (LIGHT if is_light else DARK), (zoom, is_light)
