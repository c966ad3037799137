"""Makes the reference of C++ out of the public headers: Doxygen's XML in build/docs/xml, and a page a module in docs/reference/cpp.

Fails on any warning of Doxygen.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
XML = ROOT / "build" / "docs" / "xml"
PAGES = ROOT / "docs" / "reference" / "cpp"
Element = ElementTree.Element

HEAD = """# C++

The public headers are the manual: `#include <policygraph/policygraph.hpp>` brings all but `graph/boost.hpp`. Names are in the namespace
`policygraph` (an inline namespace inside of it carries the version of the binary interface).

"""
ABOUT = {
    "base": "Errors, dates, decimals, durations, spans, digests.",
    "text": "UTF-8, tokens and sentences, languages, scripts, similarity.",
    "model": "Schema, values, claims, evidence.",
    "document": "Documents, and folders of them.",
    "graph": "Graphs, snapshots, transactions, walking, views, measures.",
    "extract": "Recognisers.",
    "query": "Cypher, questions, columns.",
    "resolve": "Names, identity, review.",
    "store": "Graphs in files.",
    "exchange": "JSON, CSV, Arrow, citations.",
    "picture": "Pictures, and the HTML page.",
    "pipeline": "From paths to a graph.",
}


def file_of(element: Element) -> str:
    """The header that declares it."""
    place = element.find("location")
    return "" if place is None else place.get("file", "")


def namespace_members() -> dict[str, list[Element]]:
    """Functions, types and constants of the namespace, by header, in groups of one kind."""
    out = defaultdict(list)
    for section in ElementTree.parse(XML / "namespacepolicygraph.xml").iter("sectiondef"):
        groups = defaultdict(list)
        for member in section.iter("memberdef"):
            groups[file_of(member)].append(member)
        for file, members in groups.items():
            group = Element("sectiondef", kind=section.get("kind", ""))
            group.extend(members)
            out[file].append(group)
    return out


def give_members(members: dict[str, list[Element]]) -> None:
    """A page of a header lists what the header declares, where Doxygen would have the namespace around it."""
    for path in XML.glob("*_8hpp.xml"):
        tree = ElementTree.parse(path)
        for header in tree.iter("compounddef"):
            for within in header.findall("innernamespace"):
                header.remove(within)
            place = next((index for index, child in enumerate(header) if child.tag.endswith("description")), len(header))
            for group in reversed(members.get(file_of(header), [])):
                header.insert(place, group)
        tree.write(path, encoding="unicode")


def name_by_path() -> None:
    """Breathe looks a header up by the name in the index, where Doxygen leaves folders out."""
    index = ElementTree.parse(XML / "index.xml")
    for compound in index.iter("compound"):
        if compound.get("kind") == "file":
            found = ElementTree.parse(XML / f"{compound.get('refid')}.xml").getroot()[0]
            compound.find("name").text = file_of(found)  # type: ignore[union-attr]
    index.write(XML / "index.xml", encoding="unicode")


def write_pages() -> None:
    """A page a module, a section a header; modules in the order of their floors."""
    folders = {path.name: path for path in (ROOT / "include" / "policygraph").iterdir() if path.is_dir()}
    names = [*(name for name in ABOUT if name in folders), *sorted(folders.keys() - ABOUT.keys())]
    shutil.rmtree(PAGES, ignore_errors=True)
    PAGES.mkdir(parents=True)
    for name in names:
        text = f"# {name}\n\n{ABOUT.get(name, '')}\n"
        for header in sorted(folders[name].glob("*.hpp")):
            text += f"\n## {name}/{header.name}\n\n```{{doxygenfile}} policygraph/{name}/{header.name}\n```\n"
        (PAGES / f"{name}.md").write_text(text, encoding="utf-8")
    listed = "".join(f"{name}\n" for name in names)
    (PAGES / "index.md").write_text(f"{HEAD}```{{toctree}}\n:maxdepth: 1\n\n{listed}```\n", encoding="utf-8")


def main() -> int:
    shutil.rmtree(XML, ignore_errors=True)
    XML.mkdir(parents=True)
    result = subprocess.run(["doxygen", "docs/Doxyfile"], cwd=ROOT, capture_output=True, text=True, check=False)
    sys.stderr.write(result.stderr)
    give_members(namespace_members())
    name_by_path()
    write_pages()
    return 1 if result.returncode or result.stderr else 0


if __name__ == "__main__":
    sys.exit(main())
