"""The first tutorial in JupyterLab: run all, click an edge, read its quote."""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PICTURES, ROOT, Watched, point_on_an_edge

import policygraph as pg

TUTORIAL = ROOT / "docs" / "tutorials" / "01_first_graph.md"


def notebook_of(text: str) -> dict[str, object]:
    """Its code as cells, and a last one that looks at the graph."""
    code = [re.sub(r"\A(:[^\n]*\n)+\n?", "", cell) for cell in re.findall(r"^```\{code-cell\}[^\n]*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)]
    code.append("graph.view(title='Sample documents')")
    cells = [{"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": cell, "outputs": [], "execution_count": None} for i, cell in enumerate(code)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": cells}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def lab(chromium: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab over a folder like the repository, with settings of its own; gives the notebook's address."""
    pytest.importorskip("jupyterlab")
    root = tmp_path_factory.mktemp("lab")
    (root / "docs" / "tutorials").mkdir(parents=True)
    (root / "examples").symlink_to(ROOT / "examples")
    (root / "docs" / "tutorials" / "first.ipynb").write_text(json.dumps(notebook_of(TUTORIAL.read_text())))
    port, token = free_port(), secrets.token_hex(16)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", f"--IdentityProvider.token={token}",
               f"--ServerApp.root_dir={root}", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.news_url="]
    own = {name: str(root / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "JUPYTERLAB_SETTINGS_DIR",
                                               "JUPYTERLAB_WORKSPACES_DIR")}
    settings = root / "JUPYTERLAB_SETTINGS_DIR" / "@jupyterlab"
    for name, text in (("notebook-extension/tracker", {"windowingMode": "none"}), ("apputils-extension/notification", {"fetchNews": "false"})):
        path = settings / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(text))
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (PICTURES / "jupyterlab.log").open("w") as log:
        server = subprocess.Popen(command, env={**os.environ, **own}, stdout=log, stderr=log, cwd=root)
        try:
            wait_for(f"http://127.0.0.1:{port}/api/status?token={token}")
            yield f"http://127.0.0.1:{port}/lab/tree/docs/tutorials/first.ipynb?token={token}"
        finally:
            server.terminate()
            server.wait(20)


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("JupyterLab does not answer; see build/browser/jupyterlab.log")


def test_the_tutorial_runs_and_its_edges_show_their_quotes(lab: str, watched: Watched, documents: pg.Graph) -> None:
    page = watched.page
    page.goto(lab)
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
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
    quote = frame.locator(".panel mark").first.inner_text()
    watched.photograph("jupyterlab")
    assert any(quote in " ".join((documents.snapshot().text(one.id) or "").split()) for one in documents.snapshot().documents)
    assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr'], .jp-RenderedText[data-mime-type*=error]").count() == 0
