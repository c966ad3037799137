"""How the documentation is built: `./dev docs`. Nothing in the pages is fetched from anywhere."""

from __future__ import annotations

import re
from pathlib import Path

from pygments.lexers.special import TextLexer
from sphinx.highlighting import lexers

ROOT = Path(__file__).resolve().parents[1]

project = "policygraph"
author = "the policygraph authors"
copyright = "the policygraph authors"  # noqa: A001
release = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)[1]  # type: ignore[index]
version = release

extensions = ["myst_nb", "breathe", "sphinx.ext.autodoc", "numpydoc"]
exclude_patterns = ["Doxyfile", "search.md"]
source_suffix = {".md": "myst-nb", ".rst": "restructuredtext"}

lexers["case"] = TextLexer()  # the case files of tests/cases

# Python: docstrings are numpydoc's; types stand in the signatures.
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "separated"  # most classes are made by calls, not by hand

# C++: what Doxygen read from the public headers.
breathe_projects = {"policygraph": str(ROOT / "build" / "docs" / "xml")}
breathe_default_project = "policygraph"
breathe_domain_by_extension = {"hpp": "cpp"}
breathe_show_include = False
cpp_index_common_prefix = ["policygraph::"]
primary_domain = "py"
default_role = "py:obj"

# Notebooks run at every build, and one that fails ends it.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_execution_show_tb = True
nb_ipywidgets_js = {}  # else the pages would ask a host for it
nb_merge_streams = True
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"policygraph {release}"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
templates_path: list[str] = []


def place_search(app: object, page: str, source: list[str]) -> None:
    """The page on searching stands elsewhere: Sphinx takes search.html for its own."""
    if page == "how-to/finding":
        text = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")
        source[0] = re.sub(r"\]\((?!\w+:|#)", "](../", text)
    source[0] = source[0].replace("](search.md", "](how-to/finding.md")


def setup(app: object) -> None:
    app.connect("source-read", place_search)  # type: ignore[attr-defined]
