#!/usr/bin/env python3
"""Read the annotated documents of this folder; README.md describes their form.

    corpus.py OUT         write OUT/SPLIT/gold/NAME.json and OUT/SPLIT/texts/NAME.txt or .html for both splits
"""
from __future__ import annotations

import html
import json
import re
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
TYPES = {"l": "LegalAct", "o": "Organization", "p": "Programme", "f": "Funding", "i": "Indicator",
         "pe": "Person", "pl": "Place", "a": "Agreement", "e": "Event"}
LANGUAGES = ["en", "ru", "uz-Latn", "uz-Cyrl"]
GENRES = ["decree", "resolution", "news", "project page", "budget table", "agreement"]
KINDS = {"LegalAct": "decree resolution law order code agreement other",
         "Organization": "government multilateral foreign_government company academic ngo other",
         "Programme": "programme project strategy contest other", "Place": "country region city other",
         "Funding": "authorisation budget pledge commitment planned_disbursement disbursement expenditure allocation grant loan "
                    "investment in_kind other"}
STATUSES = {"Funding": "planned actual unknown", "Indicator": "baseline target planned actual forecast capacity"}
ENDS = {"ISSUED_BY": ("l", "o pl"), "APPROVES": ("l", "p"), "ESTABLISHES": ("l", "o p"), "AMENDS": ("l", "l"), "REPEALS": ("l", "l"),
        "CITES": ("l", "l"), "IMPLEMENTS": ("l", "l"), "AUTHORISES": ("l", "f"), "PROVIDES": ("o pl", "f"), "FUNDS": ("f", "p o e"),
        "IMPLEMENTED_BY": ("p e", "o pl"), "HELD_UNDER": ("e", "p"), "PARTNER_IN": ("o pl", "p e"), "PARTY_TO": ("o pl", "a"),
        "HAS_INDICATOR": ("p o e l pl", "i"), "PART_OF": ("", ""), "LOCATED_IN": ("o e p", "pl"), "HOLDS_POSITION": ("pe", "o pl"),
        "TOOK_PART_IN": ("pe o", "e")}
KEY = re.compile(r"(x?)(pe|pl|l|o|p|f|i|a|e)\d+$")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")
SERIES = {"PF": "UP", "PQ": "PP"}
# A country named only inside the name of a body or an act: a Place that is neither asked nor wrong.
COUNTRIES = {
    "Uzbekistan": "Uzbekistan|Узбекистан|O[‘ʻ']zbekiston|Ўзбекистон", "Kazakhstan": "Kazakhstan|Казахстан|РК\\b|Qozog‘iston|Қозоғистон",
    "Korea": "Korea|Коре[ияй]|Koreya|Корея", "Japan": "Japan|Япони|Yaponiya|Япония", "Switzerland": "Switzerland|Swiss|Швейцари|Shveysariya",
    "Germany": "German|Герман|Germaniya|Олмония", "China": "China|Кита[йе]|Xitoy|Хитой", "France": "French|France|Франц|Fransiya|Франция",
    "Austria": "Austria|Австри", "Finland": "Finland|Финлянди", "Norway": "Norway|Норвеги", "Turkey": "Türkiye|Turkiya|Туркия|Турци",
    "Saudi Arabia": "Saudi|Сауд", "United States": "United States|США|AQSH|АҚШ",
}
STATE = "(?:(?:Federal |People’s )?Republic of |Республик\\w+ |Федеративн\\w+ Республик\\w+ )?"
# Offices that issue acts: one entity with a name in each language, so each of its names is right.
PRESIDENTS = ["President of the Republic of Uzbekistan", "Президент Республики Узбекистан", "O‘zbekiston Respublikasi Prezidenti",
              "Ўзбекистон Республикаси Президенти"]
CABINETS = ["Cabinet of Ministers of the Republic of Uzbekistan", "Кабинет Министров Республики Узбекистан",
            "O‘zbekiston Respublikasi Vazirlar Mahkamasi", "Ўзбекистон Республикаси Вазирлар Маҳкамаси",
            "Cabinet of Ministers", "Кабинет Министров", "Vazirlar Mahkamasi", "Вазирлар Маҳкамаси"]
OFFICES = [PRESIDENTS, CABINETS,
           ["President of the Republic of Kazakhstan", "Президент Республики Казахстан", "Qozog‘iston Respublikasi Prezidenti"],
           ["Government of the Republic of Kazakhstan", "Правительство Республики Казахстан", "Qozog‘iston Respublikasi Hukumati"]]
MOST_WORDS = 12


class Fault(Exception):
    """What is wrong with an annotated document, in words."""


def key_type(key: str) -> str:
    match = KEY.match(key)
    if not match:
        raise Fault(f"'{key}' is no key: letters of a type and a number")
    return TYPES[match.group(2)]


def unmark(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The plain text, and (key, start, end) of every mention in it."""
    text, length, open_, mentions = [], 0, [], []
    for piece in re.split(r"(\{[a-z]+\d+(?:\.[tm])?:|\})", marked):
        if piece.startswith("{"):
            open_.append((piece[1:-1], length))
        elif piece == "}":
            if not open_:
                raise Fault("a '}' closes nothing")
            key, start = open_.pop()
            mentions.append((key, start, length))
        else:
            text.append(piece)
            length += len(piece)
    if open_:
        raise Fault(f"'{open_[-1][0]}' is never closed")
    plain = "".join(text)
    if "{" in plain:
        raise Fault(f"a stray '{{' before '{plain[plain.index('{'):][:30]}'")
    return plain, sorted(mentions, key=lambda m: (m[1], -m[2]))


def visible(text: str, is_html: bool) -> str:
    """What a reader sees: white space as one blank, and of a page neither tags nor entities."""
    if is_html:
        text = html.unescape(re.sub(r"<[^>]*>", " ", text))
    return re.sub(r"\s+", " ", text).strip()


class Document:
    """One file: its header, plain source, mentions, nodes and edges."""

    def __init__(self, path: Path):
        self.name = path.stem
        raw = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        parts = re.split(r"^---$\n?", raw, flags=re.M)
        if len(parts) != 4:
            raise Fault("a document has four parts between lines '---': head, text, nodes, edges")
        self.head = dict(line.split(": ", 1) for line in parts[0].splitlines() if line)
        self.is_html = self.head.get("form") == "html"
        self.source, self.mentions = unmark(parts[1])
        self.nodes = [self._node(line) for line in parts[2].splitlines() if line.strip()]
        self.keys = {n["key"] for n in self.nodes}
        self.edges = [e for line in parts[3].splitlines() if line.strip() and not line.startswith("#") for e in self._edges(line)]
        self.notes = [line[1:].strip() for line in parts[3].splitlines() if line.startswith("#")]
        self._mark_countries()
        self._mark_issuers()
        self._name_offices()

    def words(self, start: int, end: int) -> str:
        return visible(self.source[start:end], self.is_html)

    def surfaces(self, key: str) -> list[str]:
        """Every form in the text, the fullest first; one that ends within a word also with the rest of that word (its case ending)."""
        found = []
        for k, start, end in self.mentions:
            if k == key:  # a mention KEY.m names nothing by itself
                rest = re.match(r"[\w‘’ʻʼ'-]*", self.source[end:]).group()
                found += [self.words(start, end)] + ([self.words(start, end + len(rest))] if re.search(r"\w", rest) else [])
        return sorted(dict.fromkeys(found), key=lambda s: -len(s))

    # ---- nodes

    def _node(self, line: str) -> dict:
        line, _, also = line.partition(" also ")
        line, _, canonical = line.partition(" = ")
        line, _, unit = line.partition(" : ")
        key, *rest = line.split()
        node = {"key": key.rstrip("?"), "type": key_type(key.rstrip("?"))}
        if key.endswith("?"):
            node["doubtful"] = True
        options = dict(w.split("=", 1) for w in rest if "=" in w)
        self._fill(node, [None if w == "-" else w for w in rest if "=" not in w], options, unit)
        if canonical:
            node["canonical"] = canonical.strip()
        if also:
            node["also"] = {k: v.split(",") for k, v in (w.split("=") for w in also.split())}
        return node

    def _fill(self, node: dict, plain: list, options: dict, unit: str) -> None:
        kind, names = node["type"], self.surfaces(node["key"])
        plain = plain + [None] * 6
        if kind == "LegalAct":
            node |= dict(zip(("kind", "number", "date", "issuer_country"), plain))
            titles = self.surfaces(node["key"] + ".t")
            node |= {"title": titles[0] if titles else None, "title_aliases": titles[1:]}
            series = re.match(r"(PF|PQ)-(\d+)$", node["number"] or "")
            if series:
                node["number_aliases"] = [SERIES[series.group(1)] + "-" + series.group(2)]
        elif kind == "Funding":
            period = (plain[4] or "").split("/")
            node |= dict(zip(("amount", "currency", "kind", "status"), plain))
            node |= {"period_from": period[0] or None, "period_to": period[-1] or None}
            if "eq" in options:
                node["equivalents"] = [dict(zip(("amount", "currency"), e.split(":"))) for e in options["eq"].split(",")]
        elif kind == "Indicator":
            node |= {"value": plain[0], "unit": unit, "status": plain[1]}
            node |= {"date_from": options.get("from"), "date_to": options.get("to"), "by": options.get("by")}
        else:
            node["names"] = names
            if kind in ("Organization", "Programme", "Place"):
                node["kind"] = plain[0]
            if kind in ("Agreement", "Event"):
                node["date"] = plain[0]

    def _mark_countries(self) -> None:
        named = " ".join(s for n in self.nodes if n["type"] == "Place" for s in [*self.surfaces(n["key"]), n.get("canonical") or ""])
        for number, words in enumerate(COUNTRIES.values(), 50):
            here = [m.group() for m in re.finditer(rf"{STATE}(?:{words})\w*(?: Respublikasi\w*| Республикаси\w*)?", self.source)]
            if here and not re.search(words, named):
                self._add(f"xpl{number}", "Place", list(dict.fromkeys(here)), "country")

    def _add(self, key: str, kind: str, names: list[str], sort: str) -> None:
        """An accepted node that no annotator has to write."""
        self.nodes.append({"key": key, "type": kind, "names": names, "kind": sort})
        self.keys.add(key)

    def _name_offices(self) -> None:
        for node in self.nodes:
            for names in OFFICES:
                said = {s.casefold() for s in [*node.get("names", []), node.get("canonical") or ""]}
                if node["type"] == "Organization" and said & {s.casefold() for s in names}:
                    node["title_aliases"] = names

    def _mark_issuers(self) -> None:
        """An issuer that only the series of an act tells: neither asked nor wrong."""
        issued = {e["from"] for e in self.edges if e["type"] == "ISSUED_BY"}
        for key, names, belongs in (("xo98", PRESIDENTS, re.compile("P[FQ]-")), ("xo97", CABINETS, re.compile(r"\d+$"))):
            acts = [n["key"] for n in self.nodes if n["type"] == "LegalAct" and n["issuer_country"] == "UZ"
                    and belongs.match(n["number"] or "") and n["key"] not in issued]
            known = [n["key"] for n in self.nodes if {n.get("canonical"), *n.get("names", [])} & set(names)]
            if acts and not known:
                self._add(key, "Organization", names, "government")
            self.edges += [{"type": "ISSUED_BY", "from": a, "to": (known or [key])[0], "evidence": self._around(a, 0, len(self.source)),
                            "accepted": True} for a in acts]

    # ---- edges

    def _edges(self, line: str) -> list[dict]:
        line, _, evidence = line.partition(" :: ")
        match = re.match(r'([?x] )?((?:x?[a-z]+\d+ )+)([A-Z_]+) ((?:x?[a-z]+\d+ ?)+)(?:"([^"]+)")?\s*$', line)
        if not match:
            raise Fault(f"'{line}' is no edge: KEYS TYPE KEYS")
        mark, froms, kind, tos, title = match.groups()
        edges = []
        for a in froms.split():
            for b in tos.split():
                edge = {"type": kind, "from": a, "to": b, "evidence": evidence.strip() or self._evidence(a, b)}
                edge |= ({"title": title} if title else {}) | ({"doubtful": True} if mark == "? " else {})
                edge |= {"accepted": True} if mark == "x " or "x" in (a[0], b[0]) else {}
                edges.append(edge)
        return edges

    def _evidence(self, a: str, b: str) -> str:
        """The words from the nearest mention of one end to that of the other, at most MOST_WORDS of them."""
        spans = [(max(e1, e2) - min(s1, s2), min(s1, s2), max(e1, e2)) for k1, s1, e1 in self.mentions if k1.split(".")[0] == a
                 for k2, s2, e2 in self.mentions if k2.split(".")[0] == b]
        if not spans:
            raise Fault(f"{a} or {b} is mentioned nowhere: mark it in the text or give the words after ' :: '")
        _, start, end = min(spans)
        words = self.words(start, end)
        return words if len(words.split()) <= MOST_WORDS else self._around(self._rarer(a, b), start, end)

    def _rarer(self, a: str, b: str) -> str:
        """The end that is mentioned less often: the statement is where it is. Never the act that the document itself is."""
        times = [sum(k.split(".")[0] == key for k, _, _ in self.mentions) + 1000 * (key == "l0") for key in (a, b)]
        return a if times[0] <= times[1] else b

    def _around(self, key: str, start: int, end: int) -> str:
        """The clause about the mention of key that lies in [start, end), at most MOST_WORDS words of it."""
        first, last = next((s, e) for k, s, e in self.mentions if k.split(".")[0] == key and start <= s and e <= end)
        marks = ("\n", ". ", "; ", ">")
        begin = max([self.source.rfind(mark, 0, first) + len(mark) for mark in marks if mark in self.source[:first]], default=0)
        close = min([i for i in (self.source.find(mark, last) for mark in ("\n", ". ", "; ", "<")) if i >= 0], default=len(self.source))
        words = self.words(begin, close).split()
        before = max(0, len(self.words(begin, first + 1).split()) - 1)
        inside = len(self.words(begin, last).split()) - before
        room = max(0, MOST_WORDS - inside)
        left = max(0, before - max(room - (len(words) - before - inside), (room + 1) // 2))
        return " ".join(words[left:left + MOST_WORDS])

    # ---- the gold form

    def gold(self) -> dict:
        asked = [n for n in self.nodes if not n["key"].startswith("x")]
        edges = [e for e in self.edges if not e.get("accepted")]
        accepted = [{k: v for k, v in e.items() if k != "accepted"} for e in self.edges if e.get("accepted")] + self._basis(edges)
        return {"id": self.name, "source": {"file": self.name + self.suffix()}, "language": self.head["language"],
                "genre": self.head["genre"], "nodes": asked, "edges": edges,
                "accepted_nodes": [n for n in self.nodes if n["key"].startswith("x")], "accepted_edges": accepted, "notes": self.notes}

    def _basis(self, edges: list[dict]) -> list[dict]:
        """A basis may be read as a mere citation and a citation as a basis; whoever amends or repeals an act cites it too."""
        other = {"IMPLEMENTS": "CITES", "CITES": "IMPLEMENTS", "AMENDS": "CITES", "REPEALS": "CITES"}
        have = {(e["type"], e["from"], e["to"]) for e in edges}
        more = {(other[e["type"]], e["from"], e["to"]): e for e in edges if e["type"] in other}
        return [e | {"type": t[0]} for t, e in more.items() if t not in have]

    def suffix(self) -> str:
        return ".html" if self.is_html else ".txt"


def documents() -> list[Document]:
    found = []
    for path in sorted((HERE / "documents").glob("*.txt")):
        try:
            found.append(Document(path))
        except (Fault, ValueError, KeyError, AttributeError) as fault:
            raise Fault(f"{path.name}: {fault}") from fault
    return found


def write(out: Path) -> None:
    for document in documents():
        base = out / document.head["split"]
        for folder, suffix, text in (("gold", ".json", json.dumps(document.gold(), ensure_ascii=False, indent=1)),
                                     ("texts", document.suffix(), document.source)):
            (base / folder).mkdir(parents=True, exist_ok=True)
            (base / folder / (document.name + suffix)).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        write(Path(sys.argv[1]))
    except Fault as fault:
        sys.exit(str(fault))
