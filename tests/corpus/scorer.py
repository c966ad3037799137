"""Compare a graph with the annotation of its document: what is right, extra and missed, by type.

score_document(gold, graph, errors) gives {"node:TYPE" or "edge:TYPE": [right, extra, missed]} and {"TYPE.field": [right, asked]}.

* A node answers one annotated node. A LegalAct by its number (letters of a series as they differ by language) and, where both give one, its
  date; without a number by kind, jurisdiction, then date or title. Funding by amount and currency. An Indicator by value and a word of its
  unit. The rest by name: equal when folded; else by shared words, half of them for Programme, Event and Agreement, more than three quarters
  for the others, where the words that differ may not name a country. Who has an equal name elsewhere answers only there.
* An edge counts when type and both ends are right; parallel edges one by one; an edge at a Provision counts for its act.
* What is doubtful costs nothing when missed, what is accepted nothing when extra. Planned and target are equal.
"""
from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from decimal import Decimal, InvalidOperation

NODE_TYPES = ["LegalAct", "Organization", "Programme", "Funding", "Indicator", "Person", "Place", "Agreement", "Event"]
EDGE_TYPES = set("ISSUED_BY APPROVES ESTABLISHES AMENDS REPEALS CITES IMPLEMENTS AUTHORISES PROVIDES FUNDS IMPLEMENTED_BY HELD_UNDER PARTNER_IN "
                 "PARTY_TO HAS_INDICATOR PART_OF LOCATED_IN HOLDS_POSITION TOOK_PART_IN".split())
FIELDS = ["kind", "status", "date", "period_from", "period_to", "by", "date_from", "date_to"]
LOOSE = {"Programme", "Event", "Agreement"}
EMPTY_WORDS = set("of the republic for and programme program project strategy республика республики respublikasi республикаси республикасы".split())
COUNTRY = re.compile("uzbek|o?zbek|ўзбек|узбек|kazakh|qazaq|qozog|казах|қазақ|қозоғ|kyrgyz|qirgiz|кыргыз|киргиз|қирғиз|tajik|tojik|таджик|тожик"
                     "|turkmen|туркмен|russia|росси|belarus|белорус|беларус|ukrain|украин|georgia|грузи|korea|коре[ийюея]|japan|япони|china|chinese|кита"
                     "|india|инди[ийя]|german|герман|france|french|франц|hungar|венгр|israel|израил|swiss|switzerland|швейцар|turk|турци|american|сша|british")
LATIN = str.maketrans("ПФҚКМВУОРЗЎСНАБЕТХИГДЛ", "PFQKMVUORZOSNABETXIGDL")
SERIES = {"UP": "PF", "PP": "PQ", "RP": "PQ", "PD": "PF", "DP": "PF", "PKM": "VMQ", "VM": "VMQ", "ZRU": "ORQ", "LRU": "ORQ", "PFR": "F", "R": "F"}
APOSTROPHES = re.compile("[ʻʼ‘’`´′']")


# ---- words and numbers

def fold(text: str) -> str:
    text = APOSTROPHES.sub("", unicodedata.normalize("NFKC", text or "").casefold().replace("%", " percent "))
    return re.sub(r"^the\s+", "", re.sub(r"[\W]+", " ", text).strip())


def words(text: str) -> set[str]:
    return set(fold(text).split()) - EMPTY_WORDS


def same_name(a: str, b: str, loose: bool) -> bool:
    if fold(a) == fold(b):
        return bool(fold(a))
    x, y = words(a), words(b)
    if not x or not y or any(w.isdigit() for w in x ^ y):
        return False
    shared = len(x & y) / len(x | y)
    return shared >= 0.5 if loose else shared > 0.75 and not any(COUNTRY.match(w) for w in x ^ y)


def act_key(number: str | None) -> tuple[str, str, str]:
    """Series, digits, tail of a number: №УП-5068 is PF, 5068; 418-V is 418, V."""
    text = re.sub("[№#]", " ", str(number or "").upper())
    text = APOSTROPHES.sub("", unicodedata.normalize("NFKC", text)).translate(LATIN)
    text = re.sub(r"(?<![A-Z])(NO|NR|N)(?=[\s.\d])\.?|[-–—\s]?SON[A-Z]*", " ", text)
    found = re.search(r"([A-Z]{1,4})?[\s\-–—]*(\d+)(?:\s*[\-–—/]\s*([IVXL]+|\d+)\b)?", text)
    if not found:
        return "", text.strip(), ""
    return SERIES.get(found[1] or "", found[1] or ""), found[2], found[3] or ""


def same_number(a: str, b: str | None) -> bool:
    (series, digits, tail), (other_series, other_digits, other_tail) = act_key(a), act_key(b)
    return bool(digits) and digits == other_digits and agree(series, other_series) and agree(tail, other_tail)


def decimal(value) -> Decimal | None:
    try:
        return Decimal(re.sub(r"[,\s]", "", str(value))).normalize()
    except (InvalidOperation, TypeError):
        return None


def stems(text: str) -> set[str]:
    return {w[:5] for w in fold(text).split() if len(w) > 2}


def agree(a, b) -> bool:
    return not a or not b or str(a)[:10] == str(b)[:10]


# ---- does this node answer that one?

def props(x: dict) -> dict:
    return x.get("properties") or {}


def labels(node: dict) -> set[str]:
    return set(node.get("labels") or [])


def names(node: dict) -> list[str]:
    p = props(node)
    return [str(x) for x in (p.get("name"), p.get("title"), p.get("description"), *(p.get("aliases") or [])) if x]


def gold_names(g: dict) -> list[str]:
    return [x for x in (*(g.get("names") or []), *(g.get("title_aliases") or []), g.get("canonical"), g.get("title"), g.get("description")) if x]


def any_same_name(g: dict, node: dict, loose: bool) -> bool:
    return any(same_name(a, b, loose) for a in gold_names(g) for b in names(node))


def same_act(g: dict, node: dict) -> bool:
    p = props(node)
    if g.get("number"):
        return any(same_number(x, p.get("number")) for x in (g["number"], *(g.get("number_aliases") or []))) and agree(g.get("date"), p.get("date"))
    if p.get("number") or not agree(g.get("kind"), p.get("kind")) or not agree(g.get("issuer_country"), str(p.get("jurisdiction") or "").upper()):
        return False
    if g.get("date") and p.get("date"):
        return agree(g["date"], p["date"])
    return (not g.get("date") and not gold_names(g)) or any_same_name(g, node, True)


def answers(g: dict, node: dict) -> bool:
    kind, p = g["type"], props(node)
    if labels(node) & set(NODE_TYPES) != {kind}:
        return False
    if kind == "LegalAct":
        return same_act(g, node)
    if kind == "Funding":
        sums = {(decimal(s["amount"]), s["currency"] or "") for s in (g, *(g.get("equivalents") or []))}
        return decimal(p.get("amount")) is not None and (decimal(p["amount"]), p.get("currency") or "") in sums
    if kind == "Indicator":
        a, b = stems(g.get("unit") or ""), stems(str(p.get("unit") or ""))
        return decimal(g["value"]) is not None and decimal(g["value"]) == decimal(p.get("value")) and (not a or bool(a & b))
    return any_same_name(g, node, kind in LOOSE)


def likeness(g: dict, node: dict) -> int:
    p, have = props(node), {fold(b) for b in names(node)}
    told = ("date", "number", "amount", "value", "unit", "currency", "status", "kind")
    return 2 * sum(fold(a) in have for a in gold_names(g)) + sum(bool(g.get(k)) and str(g[k]) == str(p.get(k)) for k in told)


# ---- which node answers which

class Pairing:
    """Annotated key -> place among the graph's nodes."""

    def __init__(self, nodes: list[dict], present: set, golds: list[dict]):
        self.nodes, self.present, self.found = nodes, present, {}
        named = [{g["key"] for g in golds if g["type"] in labels(n) and {fold(a) for a in gold_names(g)} & {fold(b) for b in names(n)}} for n in nodes]
        self.allowed = lambda g, i: answers(g, nodes[i]) and (not named[i] or g["key"] in named[i])

    def extend(self, golds: list[dict], edges: list[dict]) -> None:
        """The pairs that are most alike first, then moves and swaps that make more of the edges true."""
        free = set(range(len(self.nodes))) - set(self.found.values())
        rank = {g["key"]: (bool(g.get("doubtful")), i) for i, g in enumerate(golds)}
        pairs = sorted((-likeness(g, self.nodes[i]), rank[g["key"]], i, g["key"]) for g in golds for i in free if self.allowed(g, i))
        for _, _, i, key in pairs:
            if key not in self.found and i in free:
                self.found[key] = i
                free.remove(i)
        self._settle(list(dict.fromkeys((key, i) for _, _, i, key in pairs)), edges)

    def _settle(self, allowed: list[tuple[str, int]], edges: list[dict]) -> None:
        touch = defaultdict(set)
        for e in edges:
            for end in ("from", "to"):
                touch[e[end]].add((e["type"], e["from"], e["to"]))
        moved = True
        while moved:
            moved = any([self._try(key, i, allowed, touch) for key, i in allowed])

    def _try(self, key: str, i: int, allowed: list, touch: dict) -> bool:
        """Give node i to key, and the one it had to the node's former owner, if that makes more edges true."""
        old, owner = self.found.get(key), next((k for k, v in self.found.items() if v == i), None)
        if old is None and owner is None:
            self.found[key] = i
            return True
        if old is None or old == i or (owner is not None and (owner, old) not in allowed):
            return False
        group = {key: i} if owner is None else {key: i, owner: old}
        before, kept = self._true(group, touch), {k: self.found[k] for k in group}
        self.found.update(group)
        if self._true(group, touch) > before:
            return True
        self.found.update(kept)
        return False

    def _true(self, keys, touch: dict) -> int:
        return sum((t, self.id_of(a), self.id_of(b)) in self.present for t, a, b in set().union(*(touch[k] for k in keys)))

    def id_of(self, key: str) -> str | None:
        return self.nodes[self.found[key]]["id"] if key in self.found else None


# ---- counting

def count_nodes(gold: dict, pairing: Pairing, tally: dict, fields: dict, errors: list) -> None:
    used = set(pairing.found.values())
    for g in gold["nodes"]:
        if g["key"] in pairing.found:
            tally["node:" + g["type"]][0] += 1
            count_fields(g, props(pairing.nodes[pairing.found[g["key"]]]), fields)
        elif not g.get("doubtful"):
            tally["node:" + g["type"]][2] += 1
            errors.append(("missed node", g["type"], caption(gold_names(g), g)))
    for i, node in enumerate(pairing.nodes):
        if i not in used:
            kind = next(t for t in NODE_TYPES if t in labels(node))
            tally["node:" + kind][1] += 1
            errors.append(("extra node", kind, caption(names(node), props(node))))


def caption(named: list, p: dict) -> str:
    return str((named or [p.get("number") or p.get("amount") or p.get("value") or p.get("kind") or "?"])[0])


def count_fields(g: dict, p: dict, fields: dict) -> None:
    for k in FIELDS:
        have = str(p.get(k) or (p.get("date_from") if g["type"] == "Event" and k == "date" else "") or "").removeprefix("../")
        if not g.get(k) and not (k in g and have):
            continue
        right = {str(v or "") for v in (g[k], *(g.get("also") or {}).get(k, []))}
        if g["type"] == "Indicator" and right & {"planned", "target"}:
            right |= {"planned", "target"}
        fields[f"{g['type']}.{k}"][0] += have in right
        fields[f"{g['type']}.{k}"][1] += 1


def act_level(graph: dict) -> list[tuple]:
    """(type, from, to, edge) of the scored types, an edge at a Provision moved to its act, once."""
    provisions = {n["id"] for n in graph.get("nodes", []) if "Provision" in labels(n)}
    parent = {e["from"]: e["to"] for e in graph.get("edges", []) if e["type"] == "PART_OF" and e["from"] in provisions}

    def act(i: str) -> str:
        for _ in range(len(parent) + 1):
            i = parent.get(i, i)
        return i
    whole, moved = [], {}
    for e in (e for e in graph.get("edges", []) if e["type"] in EDGE_TYPES):
        if not provisions & {e["from"], e["to"]}:
            whole.append((e["type"], e["from"], e["to"], e))
        elif act(e["from"]) != act(e["to"]):
            moved.setdefault((e["type"], act(e["from"]), act(e["to"])), e)
    there = {w[:3] for w in whole}
    return whole + [(*t, e) for t, e in moved.items() if t not in there]


def edge_fields(g: dict, e: dict) -> dict:
    have = {"title": props(e).get("title"), "modality": e.get("modality")}
    return {f"{g['type']}.{k}": fold(str(g[k] or "")) == fold(str(v or "")) for k, v in have.items() if g.get(k) or (k in g and v)}


def count_edges(gold: dict, edges: list[tuple], pairing: Pairing, tally: dict, fields: dict, errors: list) -> None:
    left, place = defaultdict(list), lambda e: (e["type"], pairing.id_of(e["from"]), pairing.id_of(e["to"]))
    for t, a, b, e in edges:
        left[(t, a, b)].append(e)
    wanted = sorted(gold["edges"], key=lambda g: bool(g.get("doubtful")))
    done, taken = {}, set()
    for _, i, j in sorted((-sum(edge_fields(g, e).values()), i, j) for i, g in enumerate(wanted) for j, e in enumerate(left.get(place(g), []))):
        if i not in done and (place(wanted[i]), j) not in taken:
            done[i] = j
            taken.add((place(wanted[i]), j))
    unfound = {g["key"] for g in gold["nodes"] if g.get("doubtful") and g["key"] not in pairing.found}
    for i, g in enumerate(wanted):
        if i in done:
            tally["edge:" + g["type"]][0] += 1
            for k, right in edge_fields(g, left[place(g)][done[i]]).items():
                fields[k] = [fields[k][0] + right, fields[k][1] + 1]
        elif not g.get("doubtful") and not {g["from"], g["to"]} & unfound:
            tally["edge:" + g["type"]][2] += 1
            errors.append(("missed edge", g["type"], f"{g['from']}->{g['to']}"))
    spare, used = Counter(place(e) for e in gold.get("accepted_edges", [])), Counter(t for t, _ in taken)
    for t, es in left.items():
        extra = len(es) - used[t] - spare[t]
        if extra > 0:
            tally["edge:" + t[0]][1] += extra
            errors.append(("extra edge", t[0], f"{t[1]}->{t[2]}"))


def score_document(gold: dict, graph: dict, errors: list | None = None) -> tuple[dict, dict]:
    tally, fields, errors = defaultdict(lambda: [0, 0, 0]), defaultdict(lambda: [0, 0]), [] if errors is None else errors
    nodes = [n for n in graph.get("nodes", []) if labels(n) & set(NODE_TYPES)]
    edges, accepted = act_level(graph), gold.get("accepted_nodes", [])
    pairing = Pairing(nodes, {e[:3] for e in edges}, [*gold["nodes"], *accepted])
    pairing.extend(gold["nodes"], gold["edges"])
    pairing.extend(accepted, gold.get("accepted_edges", []))
    count_nodes(gold, pairing, tally, fields, errors)
    count_edges(gold, edges, pairing, tally, fields, errors)
    return tally, fields
