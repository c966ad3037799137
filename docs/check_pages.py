"""Looks at the pages that were built: nothing is asked of any host, every public name is there, every notebook has its outputs.

docs/check_pages.py BUILD (the folder that holds html/); run by `./dev docs` with the Python that has the package.
"""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

from sphinx.util.inventory import InventoryFile

import policygraph

ROOT = Path(__file__).resolve().parents[1]
ASKED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src", "embed": "src", "object": "data", "link": "href"}
HOST = re.compile(r"^(https?:)?//", re.IGNORECASE)
STYLE = re.compile(r"url\(\s*['\"]?((?:https?:)?//[^)'\"]+)|@import\s+['\"]((?:https?:)?//[^'\"]+)", re.IGNORECASE)


class Requests(HTMLParser):
    """What a browser would ask a host for to show the page; a link that waits for a click is none."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self._in_style = tag == "style"
        address = given.get(ASKED.get(tag, ""), "")
        is_hint = tag == "link" and given.get("rel") in ("canonical", "author", "license", "search", "index", "next", "prev")
        if HOST.match(address) and not is_hint:
            self.found.append(f"<{tag}> {address}")
        self.found += [f"style of <{tag}> {one}" for pair in STYLE.findall(given.get("style", "")) for one in pair if one]

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.found += [f"<style> {one}" for pair in STYLE.findall(data) for one in pair if one]


def requests_of(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".css":
        return [one for pair in STYLE.findall(text) for one in pair if one]
    parser = Requests()
    parser.feed(text)
    return parser.found


def check(build: Path) -> list[str]:
    """What is wrong."""
    pages = build / "html"
    wrong = [f"{path.relative_to(pages)} asks for {one}" for path in sorted(pages.rglob("*.*ml")) + sorted(pages.rglob("*.css")) for one in requests_of(path)]
    inventory = InventoryFile.loads((pages / "objects.inv").read_bytes(), uri="")
    known = {name.removeprefix("policygraph.") for kind, names in inventory.data.items() if kind.startswith("py:") for name in names}
    wrong += [f"Python's {name} is on no page" for name in [*policygraph.__all__, "open"] if name not in known and name != "__version__"]
    told = "".join(path.read_text(encoding="utf-8") for path in (pages / "reference" / "cpp").glob("*.html"))
    wrong += [f"C++'s {name} is on no page" for name in ("Snapshot", "query", "ingest", "open_in_memory", "page_rank") if f">{name}<" not in told]
    if "names.similar" not in (pages / "how-to" / "finding.html").read_text(encoding="utf-8"):
        wrong.append("the page on searching is empty")
    for source in sorted((ROOT / "docs" / "tutorials").glob("*.md")):
        page = (pages / "tutorials" / f"{source.stem}.html").read_text(encoding="utf-8")
        cells, shown = source.read_text(encoding="utf-8").count("\n```{code-cell}"), page.count('class="cell_output')
        if not 0 < shown <= cells:
            wrong.append(f"{source.name} has {cells} cells, its page {shown} outputs")
    return wrong


if __name__ == "__main__":
    findings = check(Path(sys.argv[1]))
    print("\n".join(findings) or "every public name is there, and nothing is asked of any host")
    sys.exit(bool(findings))
