"""Programs that show notebooks, started over a folder of their own: settings and data of whoever runs the tests stay untouched."""

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
from contextlib import contextmanager
from pathlib import Path

from conftest import PICTURES, ROOT

TUTORIAL = ROOT / "docs" / "tutorials" / "01_first_graph.md"


def cells_of_tutorial() -> list[str]:
    """The code of the first tutorial."""
    text = TUTORIAL.read_text(encoding="utf-8")
    return [re.sub(r"\A(:[^\n]*\n)+\n?", "", cell) for cell in re.findall(r"^```\{code-cell\}[^\n]*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)]


def notebook_of(code: list[str]) -> str:
    cells = [{"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": cell, "outputs": [], "execution_count": None} for i, cell in enumerate(code)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": cells})


def folder_with_tutorial(root: Path, dark: bool = False) -> dict[str, str]:
    """A folder like the repository with the first tutorial as a notebook; gives the environment in which all settings lie there too."""
    (root / "docs" / "tutorials").mkdir(parents=True)
    (root / "examples").symlink_to(ROOT / "examples")
    (root / "docs" / "tutorials" / "first.ipynb").write_text(notebook_of(cells_of_tutorial()))
    own = {name: str(root / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "JUPYTERLAB_SETTINGS_DIR",
                                               "JUPYTERLAB_WORKSPACES_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")}
    settings = {"notebook-extension/tracker": {"windowingMode": "none"}, "apputils-extension/notification": {"fetchNews": "false"}}
    if dark:
        settings["apputils-extension/themes"] = {"theme": "JupyterLab Dark"}
    for name, text in settings.items():
        path = root / "JUPYTERLAB_SETTINGS_DIR" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(text))
    return {**os.environ, **own}


@contextmanager
def served(name: str, arguments: list[str], probe: str, root: Path, environment: dict[str, str]) -> Iterator[None]:
    """A server while it answers; what it says goes to build/browser/NAME.log."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (PICTURES / f"{name}.log").open("w") as log:
        server = subprocess.Popen([sys.executable, "-m", *arguments], env=environment, stdout=log, stderr=log, cwd=root)
        try:
            wait_for(probe, name)
            yield
        finally:
            server.terminate()
            server.wait(20)


def wait_for(address: str, name: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{name} does not answer; see build/browser/{name}.log")


def wait_for_kernel(address: str) -> None:
    """Until the notebook's kernel waits for its first cell."""
    server, token = re.match(r"(http://[^/]*/).*[?]token=(.*)", address).groups()  # type: ignore[union-attr]
    for _ in range(600):
        with urllib.request.urlopen(f"{server}api/sessions?token={token}", timeout=5) as answer:
            states = [session["kernel"]["execution_state"] for session in json.load(answer)]
        if states == ["idle"]:
            return
        time.sleep(0.1)
    raise AssertionError(f"no kernel is idle: {states}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def jupyter(program: str, root: Path, dark: bool = False) -> Iterator[str]:
    """JupyterLab or Notebook 7 over the tutorial; gives its address."""
    environment = folder_with_tutorial(root, dark)
    port, token = free_port(), secrets.token_hex(16)
    arguments = [program, "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={root}",
                 "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.news_url="]
    with served(program, arguments, f"http://127.0.0.1:{port}/api/status?token={token}", root, environment):
        place = "lab/tree" if program == "jupyterlab" else "notebooks"
        yield f"http://127.0.0.1:{port}/{place}/docs/tutorials/first.ipynb?token={token}"


MARIMO = """import marimo

app = marimo.App()


@app.cell
def _():
    import policygraph as pg

    graph = pg.open_in_memory()
    graph.ingest({documents!r})
    return (graph,)


@app.cell
def _(graph):
    graph.view(title="Sample documents")
    return


@app.cell
def _(graph):
    graph.ask("who_implements", programme="Green Belt")
    return
"""


@contextmanager
def marimo(root: Path) -> Iterator[str]:
    environment = folder_with_tutorial(root)
    (root / "first.py").write_text(MARIMO.format(documents=str(ROOT / "examples" / "documents")))
    port = free_port()
    arguments = ["marimo", "-q", "run", "first.py", "--headless", "--no-token", "--host", "127.0.0.1", "--port", str(port)]
    with served("marimo", arguments, f"http://127.0.0.1:{port}/", root, environment):
        yield f"http://127.0.0.1:{port}/"


def converted(root: Path) -> Path:
    """The tutorial, run and made HTML by nbconvert, without what its template asks other hosts for."""
    environment = folder_with_tutorial(root)
    off = [f"--HTMLExporter.{name}=" for name in ("mathjax_url", "require_js_url", "mermaid_js_url", "jquery_url", "widget_renderer_url")]
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--execute", *off, "first.ipynb"]
    subprocess.run(command, cwd=root / "docs" / "tutorials", env=environment, check=True, capture_output=True)
    return root / "docs" / "tutorials" / "first.html"


# What VS Code puts round the outputs of a notebook: its strictest policy (notebook.experimental.enableCsp), the theme on the body, and a
# renderer that sets innerHTML. Without a trusted workspace it shows no HTML at all.
VS_CODE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline';
  img-src 'self' https: http: data:; font-src 'self' https:; connect-src https:; child-src https: data:;"></head>
<body class="vscode-{theme}" data-vscode-theme-kind="vscode-{theme}"><div id="output"></div></body></html>
"""
