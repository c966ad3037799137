"""The tables of a comparison, as Markdown and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

COLUMNS = ("limits", "policygraph", "policygraph-python", "sqlite", "sqlite-python", "duckdb", "kuzu", "ladybug", "real_ladybug")
GRAPH_COLUMNS = ("limits", "policygraph", "igraph", "graph-tool", "rustworkx", "networkx")
GRAPH_QUERIES = ("closure", "shortest_path", "most_cited", "page_rank", "components")
NAMES = {
    "limits": "by hand", "policygraph": "policygraph", "policygraph-evidence": "with evidence", "policygraph-python": "policygraph, Python",
    "sqlite": "SQLite, C", "sqlite-python": "SQLite, Python", "duckdb": "DuckDB", "kuzu": "Kùzu", "ladybug": "LadybugDB",
    "real_ladybug": "LadybugDB", "igraph": "igraph", "networkx": "NetworkX", "rustworkx": "rustworkx", "graph-tool": "graph-tool",
}  # fmt: skip


def write_report(result: dict[str, Any], out: Path) -> None:
    (out / "peers.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    parts = [heading(result), times(result, COLUMNS, [q for q in result["queries"] if q not in ("page_rank", "components")])]
    parts += [times(result, GRAPH_COLUMNS, [q for q in GRAPH_QUERIES if q in result["queries"]]), ratios(result), costs(result), faults(result)]
    (out / "peers.md").write_text("\n".join(part for part in parts if part), encoding="utf-8")


def heading(result: dict[str, Any]) -> str:
    versions = ", ".join(f"{NAMES[name]} {facts['version']}" for name, facts in result["engines"].items() if name not in ("policygraph-evidence",))
    return f"{result['edges']:,} edges; {result['day']}; {result['machine']}; load at the start {result['load']:.1f}. {versions}.\n"


def time_text(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def cell(query: dict[str, Any], name: str) -> str:
    if name in query.get("wrong", {}):
        return "wrong"
    if name in query.get("failed", {}):
        return "failed"
    found = query.get("times", {}).get(name)
    return time_text(found["median"]) if found else "–"


def line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def table(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join([line(head), line(["---", *["---:"] * (len(head) - 1)]), *map(line, rows)]) + "\n"


def times(result: dict[str, Any], columns: tuple[str, ...], queries: list[str]) -> str:
    used = [name for name in columns if name in result["engines"]]
    return table(["median", *[NAMES[name] for name in used]], [[q, *[cell(result["queries"][q], name) for name in used]] for q in queries])


def ratio_text(found: dict[str, Any]) -> str:
    return f"{found['ratio']:.3g} ({found['ratio_least']:.3g}–{found['ratio_most']:.3g})"


def ratios(result: dict[str, Any]) -> str:
    """How many times policygraph's time each takes: median of the turns' ratios, and their spread."""
    used = [name for name in result["engines"] if name != "policygraph"]
    rows = []
    for query, facts in result["queries"].items():
        found = facts.get("times", {})
        rows.append([query, *[ratio_text(found[name]) if "ratio" in found.get(name, {}) else "–" for name in used]])
    return table(["times policygraph's", *[NAMES[name] for name in used]], rows)


def costs(result: dict[str, Any]) -> str:
    def seconds(value: float | None) -> str:
        return "–" if value is None else time_text(value)

    rows = [
        [NAMES[name], seconds(facts["import"]), seconds(facts.get("more")), seconds(facts["open"]) if facts["bytes"] else "–",
         f"{facts['bytes'] / (1 << 20):.1f}" if facts["bytes"] else "–", f"{facts.get('memory', 0) / (1 << 20):.0f}"]
        for name, facts in result["engines"].items()
    ]  # fmt: skip
    return table(["", "import", "a hundredth more", "open", "file, MiB", "peak memory, MiB"], rows)


def faults(result: dict[str, Any]) -> str:
    found = [f"- {NAMES[name]} is {kind} at {query}: {text}" for query, facts in result["queries"].items()
             for kind in ("wrong", "failed") for name, text in facts.get(kind, {}).items()]  # fmt: skip
    found += [f"- {NAMES.get(name, name)} was left out: {why}" for name, why in result["skipped"].items()]
    return "\n".join(found) + ("\n" if found else "")
