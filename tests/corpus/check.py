#!/usr/bin/env python3
"""Check the annotated documents: prints every fault and fails on any; --counts prints what there is of each language and split.

Faults: a quote that does not stand in the text, an unknown type, relation, property, kind or status, an end that leads nowhere or is of
the wrong type, a number or date that its own words do not show, a node nobody mentions, a mention of no node.
"""
from __future__ import annotations

import csv
import re
import sys
from collections import Counter

from corpus import DATE, ENDS, GENRES, HERE, KINDS, LANGUAGES, MOST_WORDS, STATUSES, TYPES, Document, Fault, documents, key_type, visible

TYPE_KEYS = {v: k for k, v in TYPES.items()}
LEAST = {"documents": 20, "acts in test": 100, "sums in test": 60}
LEAST_PAIRS = 600


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def significant(number: str) -> str:
    return digits(number).strip("0")


def node_faults(d: Document, n: dict):
    said = " ".join(d.surfaces(n["key"]))
    text = visible(d.source, d.is_html)
    if re.fullmatch("x[a-z]+[5-9]\\d", n["key"]):  # added by rule
        return
    if n["key"] not in {m[0].split(".")[0] for m in d.mentions}:
        yield "is mentioned nowhere"
    if not said and not n.get("canonical") and n["type"] not in ("LegalAct", "Funding", "Indicator"):
        yield "has no name"
    for name in [*n.get("names", []), *(n.get("title_aliases", []) if n["type"] == "LegalAct" else []), n.get("title")]:
        if name and name not in text:
            yield f"'{name}' does not stand in the text"
    if n["type"] in KINDS and n.get("kind") not in KINDS[n["type"]].split():
        yield f"unknown kind '{n.get('kind')}'"
    if n["type"] in STATUSES and n.get("status") not in STATUSES[n["type"]].split():
        yield f"unknown status '{n.get('status')}'"
    for field in ("date", "period_from", "period_to", "date_from", "date_to", "by"):
        if n.get(field) and not DATE.match(n[field]):
            yield f"{field} '{n[field]}' is no date"
        elif n.get(field) and not shows_date(n[field], text):
            yield f"{field} '{n[field]}' does not stand in the text"
    for field, value in (("amount", n.get("amount")), ("value", n.get("value"))):
        if value and not re.fullmatch(r"\d+(\.\d+)?", value):
            yield f"{field} '{value}' is no number"
        elif value and digits(said) and significant(value) not in digits(said):
            yield f"{field} {value} is not what '{said}' says"
    if n["type"] == "LegalAct":
        yield from act_faults(n, said)
    if n["type"] == "Funding" and not re.fullmatch("[A-Z]{3}", n["currency"] or ""):
        yield f"currency '{n['currency']}' is no code"
    for field in n.get("also", {}):
        if field not in ("kind", "status", "date", "period_from", "period_to", "date_from", "date_to", "by"):
            yield f"unknown property '{field}'"


def act_faults(n: dict, said: str):
    if n["number"] and digits(n["number"]) not in digits(said):
        yield f"number {n['number']} does not stand in '{said}'"
    if n["issuer_country"] not in ("UZ", "KZ", "EU", "UN", "KR", "KG", "TJ", "GB", "US", None):
        yield f"unknown jurisdiction '{n['issuer_country']}'"


def shows_date(date: str, text: str) -> bool:
    year, *rest = date.split("-")
    day = rest[1].lstrip("0") if len(rest) == 2 else ""
    return year in text and (not day or re.search(rf"(?<!\d)0?{day}(?!\d)", text) is not None)


def edge_faults(d: Document, e: dict):
    if e["type"] not in ENDS:
        yield "unknown relation"
        return
    text = visible(d.source, d.is_html)
    for end, allowed in zip(("from", "to"), ENDS[e["type"]]):
        if e[end] not in d.keys:
            yield f"{e[end]} is no node"
        elif allowed and TYPE_KEYS[key_type(e[end])] not in allowed.split():
            yield f"{e[end]} is of the wrong type"
    if e["type"] == "PART_OF" and key_type(e["from"]) != key_type(e["to"]):
        yield "joins two types"
    for field in ("evidence", "title"):
        if field in e and e[field] not in text:
            yield f"'{e[field]}' does not stand in the text"
    if len(e["evidence"].split()) > MOST_WORDS:
        yield f"evidence of more than {MOST_WORDS} words"
    if (e["type"] == "HOLDS_POSITION") != ("title" in e):
        yield "a title belongs to HOLDS_POSITION"


def faults(d: Document):
    for field, known in (("language", LANGUAGES), ("genre", GENRES), ("split", ["dev", "test"])):
        if d.head.get(field) not in known:
            yield f"unknown {field} '{d.head.get(field)}'"
    for key, times in Counter(n["key"] for n in d.nodes).items():
        if times > 1:
            yield f"{key} is given twice"
    for key in dict.fromkeys(m[0].split(".")[0] for m in d.mentions):
        if key not in d.keys:
            yield f"{key} is marked in the text and no node"
    for n in d.nodes:
        for fault in node_faults(d, n):
            yield f"{n['key']}: {fault}"
    for edge, times in Counter((e["type"], e["from"], e["to"], e.get("title")) for e in d.edges).items():
        if times > 1:
            yield f"{edge[1]} {edge[0]} {edge[2]} is given twice"
    for e in d.edges:
        for fault in edge_faults(d, e):
            yield f"{e['from']} {e['type']} {e['to']}: {fault}"


def count(all_: list[Document]) -> dict:
    """(language, split) -> what there is."""
    sums: dict = {}
    for d in all_:
        tally = sums.setdefault((d.head["language"], d.head["split"]), Counter())
        tally["documents"] += 1
        tally["genre " + d.head["genre"]] += 1
        tally.update(n["type"] for n in d.nodes if not n["key"].startswith("x"))
        tally["edges"] += len(d.gold()["edges"])
    return sums


def shortfalls(sums: dict):
    for language in LANGUAGES:
        dev, test = (sums.get((language, s), Counter()) for s in ("dev", "test"))
        have = {"documents": dev["documents"] + test["documents"], "acts in test": test["LegalAct"], "sums in test": test["Funding"]}
        for what, least in LEAST.items():
            if have[what] < least:
                yield f"{language}: {have[what]} {what}, and {least} are wanted"
        for genre in GENRES:
            if not dev["genre " + genre] + test["genre " + genre]:
                yield f"{language}: no {genre}"


def name_faults(rows: list[dict]):
    """Of names.csv: too few pairs, an unknown type, a pair given twice, or both as the same and as another."""
    if len(rows) < LEAST_PAIRS or min(Counter(r["same"] for r in rows).values()) < LEAST_PAIRS // 3:
        yield f"names.csv: {len(rows)} pairs, and {LEAST_PAIRS} are wanted, a third of them of either sort"
    if not {r["same"] for r in rows} <= {"yes", "no"} or not {r["split"] for r in rows} <= {"dev", "test"}:
        yield "names.csv: same is yes or no, split dev or test"
    for pair, times in Counter((r["type"], *sorted((r["a"], r["b"]))) for r in rows).items():
        if times > 1 or pair[1] == pair[2] or pair[0] not in TYPE_KEYS:
            yield f"names.csv: {pair} is given twice, or is no pair"


def main() -> int:
    try:
        all_ = documents()
    except Fault as fault:
        print(fault)
        return 1
    found = [f"{d.name}: {fault}" for d in all_ for fault in faults(d)]
    with (HERE / "names.csv").open(encoding="utf-8", newline="") as file:
        found += name_faults(list(csv.DictReader(file)))
    sums = count(all_)
    if "--counts" in sys.argv:
        for (language, split), tally in sorted(sums.items()):
            print(f"{language:8s} {split:5s} " + "  ".join(f"{k} {v}" for k, v in sorted(tally.items()) if not k.startswith("genre")))
    if "--partial" not in sys.argv:
        found += shortfalls(sums)
    print("\n".join(found) or f"{len(all_)} documents, no fault")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
