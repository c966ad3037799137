#!/usr/bin/env python3
"""Measure the extraction on the annotated documents, the citation forms and the pairs of names.

    score.py PROGRAM [--names NAMES_PROGRAM] [--out DIR] [--errors] [--update]

PROGRAM is policygraph; NAMES_PROGRAM reads pairs of names and says how sure it is that they name one thing (tests/corpus/likeness.cpp; left out, names are not
measured).
Printed: precision, recall and F1 by type and language, dev and test, then the difference from figures.json.
--errors lists what was missed and what was extra, on dev only; --update writes figures.json and the tables of docs/quality.md.
"""
from __future__ import annotations

import argparse
import csv
import json
import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

from citations import citations
from corpus import HERE, LANGUAGES, visible, write
from scorer import NODE_TYPES, score_document

FIGURES = HERE / "figures.json"
PAGE = HERE.parents[1] / "docs" / "quality.md"
BEGIN, END = "<!-- figures: ./dev eval --update -->\n", "<!-- end of figures -->"
AMONG = {"APPROVES", "ESTABLISHES", "AMENDS", "REPEALS", "CITES", "IMPLEMENTS", "AUTHORISES", "FUNDS", "PROVIDES"}
GROUPS = {
    "acts": lambda k: k == "node:LegalAct", "sums": lambda k: k == "node:Funding", "organisations": lambda k: k == "node:Organization",
    "programmes": lambda k: k == "node:Programme", "indicators": lambda k: k == "node:Indicator",
    "persons, places, agreements, events": lambda k: k.split(":")[-1] in ("Person", "Place", "Agreement", "Event"),
    "all nodes": lambda k: k.startswith("node:"),
    "relations of acts, sums, programmes": lambda k: k.removeprefix("edge:") in AMONG, "all relations": lambda k: k.startswith("edge:"),
}
SHARES = ["fields right", "quotes that stand in the text"]
SAME, MERGED = 0.7, 0.95  # from where the resolver asks a person, and from where it does not


def ratio(right: int, extra: int, missed: int) -> dict:
    p = right / (right + extra) if right + extra else 0.0
    r = right / (right + missed) if right + missed else 0.0
    return {"p": round(p, 3), "r": round(r, 3), "f1": round(2 * p * r / (p + r), 3) if p + r else 0.0, "n": right + missed}


def ingest(program: Path, source: Path, graph: Path) -> dict:
    graph.unlink(missing_ok=True)
    subprocess.run([str(program), "ingest", str(source), "-o", str(graph)], check=True, capture_output=True)
    return json.loads(graph.read_text(encoding="utf-8"))


# ---- documents

def quotes(graph: dict, source: Path) -> tuple[int, int]:
    """How many quotes stand in the document as a reader sees it, and how many there are."""
    text = visible(source.read_text(encoding="utf-8"), source.suffix == ".html")
    said = [re.sub(r"\s+", " ", e["quote"]).strip() for e in graph["evidence"]]
    return sum(bool(q) and q in text for q in said), len(said)


def shares(counts: dict) -> dict:
    return {name: {"share": round(right / max(1, asked), 3), "n": asked} for name, (right, asked) in counts.items()}


def score_split(program: Path, base: Path, errors: list | None) -> dict:
    """{language: {group: figures}} of a split whose gold and texts lie in base."""
    sums: dict = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    told: dict = defaultdict(lambda: {name: [0, 0] for name in SHARES})
    for gold_path in sorted((base / "gold").glob("*.json")):
        gold = json.loads(gold_path.read_text(encoding="utf-8"))
        source, lang = base / "texts" / gold["source"]["file"], gold["language"]
        graph = ingest(program, source, base / "graph.json")
        found: list = []
        tally, fields = score_document(gold, graph, found)
        for group, holds in GROUPS.items():
            for counts in (v for k, v in tally.items() if holds(k)):
                sums[lang][group] = [x + y for x, y in zip(sums[lang][group], counts)]
        for name, pairs in (("fields right", [v for k, v in fields.items() if k.split(".")[0] in NODE_TYPES]),
                            ("quotes that stand in the text", [quotes(graph, source)])):
            told[lang][name] = [sum(x) for x in zip(told[lang][name], *pairs)]
        if errors is not None:
            errors += [(gold["id"], *e) for e in found]
    return {lang: {g: ratio(*c) for g, c in groups.items()} | shares(told[lang]) for lang, groups in sums.items()}


# ---- citations: one document a form, all in one graph

def key(number: str) -> str:
    return re.sub(r"\W|^N[OR]?", "", number.upper().removesuffix("/EU"))


def means(row: list[str], acts: list[dict]) -> bool:
    _, _, jurisdiction, kind, number, date, _ = row
    return any(key(a.get("number", "")) == key(number) and jurisdiction in (a.get("jurisdiction"), "UZ?") and (not kind or a.get("kind") == kind)
               and (a.get("date") or "") == date for a in acts)


def score_citations(program: Path, folder: Path, errors: list | None) -> dict:
    """{split: {language: figures}}: a form is right when exactly its act is found, with kind and date; any other act is an extra."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, acts = citations(), defaultdict(list)
    for i, row in enumerate(rows):
        (folder / f"c{i:05}.txt").write_text(row[-1] + "\n", encoding="utf-8")
    graph = ingest(program, folder, folder.parent / "citations.json")
    names = {d["id"]: Path(d["uri"]).stem for d in graph["documents"]}
    for node in graph["nodes"]:
        if "LegalAct" in node["labels"]:
            for name in {names[graph["evidence"][e]["document"]] for e in node["evidence"]}:
                acts[name].append(node["properties"])
    sums: dict = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    for i, row in enumerate(rows):
        found = acts[f"c{i:05}"]
        right = int(bool(row[2]) and means(row, found))
        extra, missed = len(found) - right, int(bool(row[2])) - right
        counts = sums[row[0]][row[1]]
        sums[row[0]][row[1]] = [counts[0] + right, counts[1] + extra, counts[2] + missed]
        if errors is not None and row[0] == "dev" and (extra or missed):
            errors.append(("citations", "found" if found else "missed", row[-1], json.dumps(found, ensure_ascii=False)[:160]))
    return {split: {lang: ratio(*c) for lang, c in languages.items()} for split, languages in sums.items()}


# ---- names

def score_names(program: Path, errors: list | None) -> dict:
    """{"names" and "merges": {split: {type: figures}}}: a pair is said to be the same from SAME on, and merged unasked from MERGED on."""
    with (HERE / "names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    asked = "".join(f"{r['type']}\t{r['a']}\t{r['b']}\n" for r in rows)
    said = subprocess.run([str(program)], input=asked, capture_output=True, text=True, check=True).stdout.splitlines()
    sums: dict = {what: defaultdict(lambda: defaultdict(lambda: [0, 0, 0])) for what in ("names", "merges")}
    for row, verdict in zip(rows, said, strict=True):
        score, _, reason = verdict.split("\t")
        same, judged = row["same"] == "yes", float(score) >= SAME
        for what, positive in (("names", judged), ("merges", float(score) >= MERGED)):
            for group in (row["type"], "all"):
                counts = sums[what][row["split"]][group]
                sums[what][row["split"]][group] = [counts[0] + (same and positive), counts[1] + (positive and not same), counts[2] + (same and not positive)]
        if errors is not None and row["split"] == "dev" and same != judged:
            errors.append(("names", "said the same" if judged else "said another", row["a"], row["b"], score, reason))
    return {what: {split: {group: ratio(*c) for group, c in groups.items()} for split, groups in splits.items()} for what, splits in sums.items()}


# ---- what is printed

def flat(figures: dict, path: tuple = ()) -> dict:
    if "n" in figures:
        return {path: figures}
    return {k: v for name, inner in figures.items() for k, v in flat(inner, (*path, name)).items()}


def table(title: str, columns: list[str], rows: list[str], cell) -> None:
    print(f"\n{title:38s}" + "".join(f"{c:>24s}" for c in columns))
    for row in rows:
        print(f"{row:38s}" + "".join(f"{cell(c, row):>24s}" for c in columns))


def shown(figures: dict | None) -> str:
    if not figures:
        return "-"
    if "share" in figures:
        return f"{figures['share']:.3f} of {figures['n']}"
    return f"{figures['p']:.3f} {figures['r']:.3f} {figures['f1']:.3f} /{figures['n']}"


def show(figures: dict) -> None:
    print("precision, recall, F1 / number asked")
    for split in ("dev", "test"):
        if documents := figures.get("documents", {}).get(split):
            table(f"documents, {split}", LANGUAGES, [*GROUPS, *SHARES], lambda c, r: shown(documents.get(c, {}).get(r)))
    for what in ("citations", "names", "merges"):
        if what in figures:
            columns = ["dev", "test"]
            table(what, columns, list(figures[what]["test"]), lambda c, r, w=what: shown(figures[w][c].get(r)))


def show_difference(new: dict, old: dict) -> None:
    now, before = flat(new), flat(old)
    moved = [(path, measure, f.get(measure, 0) - before[path].get(measure, 0)) for path, f in now.items() if path in before
             for measure in ("p", "r", "f1", "share") if measure in f]
    moved = [m for m in moved if abs(m[2]) >= 0.0005]
    print("\nAgainst figures.json: " + ("no difference" if not moved else f"{len(moved)} figures moved"))
    for path, measure, by in moved:
        print(f"  {by:+.3f}  {measure:5s} {', '.join(path)}")


def markdown(title: str, columns: list[str], rows: list[str], cell) -> str:
    lines = [f"| {title} | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    return "\n".join(lines + [f"| {row} | " + " | ".join(cell(c, row) for c in columns) + " |" for row in rows]) + "\n"


def page_of(figures: dict) -> str:
    """The tables of docs/quality.md: precision, recall, F1 on the test splits, and how many were asked."""
    test, pairs = figures["documents"]["test"], {"the same": figures["names"]["test"], "merged unasked": figures["merges"]["test"]}
    cited = figures["citations"]["test"]
    return "\n".join([
        markdown("documents, test", LANGUAGES, [*GROUPS, *SHARES], lambda c, r: shown(test[c].get(r))),
        markdown("citations, test", list(cited), ["forms"], lambda c, r: shown(cited[c])),
        markdown("names, test", list(figures["names"]["test"]), list(pairs), lambda c, r: shown(pairs[r].get(c)))])


def write_page(figures: dict) -> None:
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    PAGE.write_text(before + BEGIN + page_of(figures) + END + rest.split(END)[1], encoding="utf-8")


def measure(a: argparse.Namespace, errors: list | None) -> dict:
    figures: dict = {}
    shutil.rmtree(a.out, ignore_errors=True)
    write(a.out)
    figures["documents"] = {s: score_split(a.program, a.out / s, errors if s == "dev" else None) for s in ("dev", "test")}
    figures["citations"] = score_citations(a.program, a.out / "citations", errors)
    if a.names:
        figures |= score_names(a.names, errors)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("--names", type=Path)
    parser.add_argument("--out", type=Path, default=HERE.parents[1] / "build" / "eval" / "corpus")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--update", action="store_true")
    a = parser.parse_args()
    errors: list | None = [] if a.errors else None
    figures = measure(a, errors)
    for e in errors or []:
        print("  ".join(map(str, e)))
    show(figures)
    old = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    show_difference(figures, old)
    if a.update:
        FIGURES.write_text(json.dumps(old | figures, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
        write_page(json.loads(FIGURES.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
