"""The scorer of tests/corpus: an annotation taken for a graph is all right, and what is changed in it is counted."""

from __future__ import annotations

import copy
import importlib.util
import random
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "corpus"))

import corpus
import scorer

OTHER = ROOT.parent / "shared" / "eval" / "score.py"
GOLD = [d.gold() for d in corpus.documents()]


def as_graph(gold: dict[str, Any]) -> dict[str, Any]:
    nodes = []
    for n in gold["nodes"]:
        properties = {k: n[k] for k in ("kind", "number", "date", "amount", "currency", "status", "value", "unit", "title") if n.get(k)}
        properties |= {k: n[k] for k in ("period_from", "period_to", "date_from", "date_to", "by") if n.get(k)}
        if n.get("names"):
            properties |= {"name": n["names"][0], "aliases": n["names"][1:]}
        elif n.get("canonical"):
            properties["name"] = n["canonical"]
        if n["type"] == "LegalAct":
            properties["jurisdiction"] = n["issuer_country"]
        nodes.append({"id": n["key"], "labels": [n["type"]], "properties": properties})
    edges = [{"type": e["type"], "from": e["from"], "to": e["to"], "properties": {"title": e["title"]} if "title" in e else {}} for e in gold["edges"]]
    return {"nodes": nodes, "edges": edges}


def totals(tally: dict[str, list[int]]) -> list[int]:
    return [sum(v[i] for v in tally.values()) for i in range(3)]


@pytest.mark.parametrize("gold", GOLD, ids=[g["id"] for g in GOLD])
def test_an_annotation_scores_itself_in_full(gold: dict[str, Any]) -> None:
    errors: list[Any] = []
    tally, fields = scorer.score_document(gold, as_graph(gold), errors)
    assert totals(tally) == [len(gold["nodes"]) + len(gold["edges"]), 0, 0], errors
    assert all(right == asked for right, asked in fields.values()), fields


def test_what_is_changed_is_counted() -> None:
    gold = next(g for g in GOLD if g["id"] == "en-decree-1")
    graph = as_graph(gold)
    whole = totals(scorer.score_document(gold, graph)[0])[0]
    fewer = copy.deepcopy(graph)
    fewer["edges"] = [e for e in fewer["edges"] if (e["type"], e["to"]) != ("REPEALS", "l5")]
    assert totals(scorer.score_document(gold, fewer)[0]) == [whole - 1, 0, 1]
    twice = copy.deepcopy(graph)
    twice["edges"].append(next(e for e in graph["edges"] if e["type"] == "APPROVES"))
    assert totals(scorer.score_document(gold, twice)[0]) == [whole, 1, 0]
    other = copy.deepcopy(graph)
    next(n for n in other["nodes"] if n["id"] == "f1")["properties"]["currency"] = "USD"
    tally, _ = scorer.score_document(gold, other)
    assert tally["node:Funding"] == [1, 1, 1]


def damaged(gold: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The annotation as a graph with things missing, doubled, renamed and turned round."""
    graph = as_graph(gold)
    graph["nodes"] = [n for n in graph["nodes"] if chance.random() > 0.15]
    for n in graph["nodes"]:
        p = n["properties"]
        for k in [k for k in p if chance.random() < 0.1]:
            p[k] = chance.choice(["2020", "grant", "actual", "100", str(p[k]) + " x", None])
    graph["edges"] = [e for e in graph["edges"] for _ in range(chance.choice([0, 1, 1, 1, 2]))]
    for e in graph["edges"]:
        if graph["nodes"] and chance.random() < 0.15:
            e["to"] = chance.choice(graph["nodes"])["id"]
    chance.shuffle(graph["nodes"])
    return graph


@pytest.mark.skipif(not OTHER.exists(), reason="the scorer of the gold documents is not here")
def test_it_agrees_with_the_scorer_of_the_gold_documents() -> None:
    spec = importlib.util.spec_from_file_location("gold_scorer", OTHER)
    assert spec and spec.loader
    other = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(other)
    chance = random.Random(5)
    for gold in GOLD:
        for _ in range(4):
            graph = damaged(gold, chance)
            ours, theirs = scorer.score_document(gold, graph), other.score_document(gold, graph)
            theirs[1].pop("edges with evidence", None)
            for mine, yours in zip(ours, theirs):
                assert {k: v for k, v in mine.items() if any(v)} == {k: v for k, v in yours.items() if any(v)}, gold["id"]
