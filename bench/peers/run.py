"""policygraph beside its peers: run.py --program policygraph-bench [--edges N] [--engines a,b] [--out FOLDER] ...

Each engine runs in a process of its own and takes the same CSV set in. Every query is answered by all of them first; what they say is
put in order, hashed and compared, and an engine that answers otherwise than the others is listed as wrong and not timed. Then they
are timed by turns (A-B-C-A-B-C ...), over the same arguments: medians, and the spread of the ratio to policygraph within each turn.
Writes OUT/peers.md and OUT/peers.json. Ends with 1 when policygraph, or the loops by hand, are not with the majority.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import os
import platform
import selectors
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from report import write_report

HERE = Path(__file__).resolve().parent
QUERIES = (
    "point_by_key", "name_exact", "name_prefix", "full_text", "one_hop", "money_path", "money_by_year", "closure", "in_force",
    "shortest_path", "most_cited", "optional_sum", "not_exists", "triangles", "three_way", "co_mention", "provenance", "page_rank",
    "components", "all_mentions", "mentions_arrow", "write_mix",
)  # fmt: skip
OURS = ("limits", "policygraph", "policygraph-evidence", "policygraph-python")
SMALLEST_TURN = 0.02


class Trouble(Exception):
    pass


class Engine:
    """A process that obeys commands, a line each."""

    def __init__(self, name: str, command: list[str], log: Path, longest: float) -> None:
        self.name = name
        self.longest = longest
        self.log = log.open("w")
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True, bufsize=1)
        self.selector = selectors.DefaultSelector()
        assert self.process.stdout is not None
        self.selector.register(self.process.stdout, selectors.EVENT_READ)

    def ask(self, *words: Any) -> str | None:
        """The value of the reply; None where the engine has no such thing."""
        assert self.process.stdin is not None and self.process.stdout is not None
        try:
            self.process.stdin.write(" ".join(map(str, words)) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise Trouble(f"ended; see {self.log.name}") from None
        if not self.selector.select(self.longest):
            self.process.kill()
            raise Trouble(f"took more than {self.longest:.0f} s for {words[0]} {words[1] if len(words) > 1 else ''}")
        kind, _, value = self.process.stdout.readline().strip().partition(" ")
        if kind == "none":
            return None
        if kind != "ok":
            raise Trouble(value or f"ended; see {self.log.name}")
        return value

    def seconds(self, *words: Any) -> float | None:
        reply = self.ask(*words)
        return None if reply is None else float(reply.split()[0])

    def close(self) -> None:
        if self.process.poll() is None:
            assert self.process.stdin is not None
            self.process.stdin.close()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.log.close()


class Comparison:
    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.out = Path(options.out).resolve()
        self.data = self.out / f"set-{options.edges}"
        self.work = self.out / "work"
        self.engines: dict[str, Engine] = {}
        self.result: dict[str, Any] = {
            "edges": options.edges, "day": time.strftime("%Y-%m-%d", time.gmtime()), "machine": machine(), "load": os.getloadavg()[0],
            "engines": {}, "skipped": {}, "queries": {},
        }  # fmt: skip
        self.is_bad = False

    # ---- engines

    def commands(self) -> dict[str, list[str]]:
        places = [str(self.data), str(self.work), str(HERE / "queries")]
        program, python = self.options.program, self.options.python
        scripts = {name: [python, str(HERE / "engines" / f"{name}_engine.py"), *places] for name in ("duckdb", "igraph", "networkx", "rustworkx")}
        both = {name: [python, str(HERE / "engines" / "kuzu_engine.py"), *places, name] for name in ("kuzu", self.options.ladybug)}
        return {
            "limits": [program, "limits", *places],
            "policygraph": [program, "policygraph", *places],
            "policygraph-evidence": [program, "policygraph-evidence", *places],
            "policygraph-python": [python, str(HERE / "engines" / "policygraph_engine.py"), *places],
            "sqlite": [program, "sqlite", *places],
            "sqlite-python": [python, str(HERE / "engines" / "sqlite_engine.py"), *places],
            **scripts,
            **both,
            "graph-tool": [self.options.system_python, str(HERE / "engines" / "graph_tool_engine.py"), *places],
        }

    def start(self) -> None:
        self.work.mkdir(parents=True, exist_ok=True)
        wanted = self.options.engines.split(",") if self.options.engines else None
        for name, command in self.commands().items():
            if wanted is not None and name not in wanted:
                continue
            engine = Engine(name, command, self.work / f"{name}.log", self.options.longest)
            try:
                facts: dict[str, Any] = {"version": engine.ask("version")}
                facts["import"] = engine.seconds("import")
                engine.seconds("open")  # which first frees what the import left in memory
                facts["open"] = statistics.median(engine.seconds("open") for _ in range(5))
                facts["bytes"] = int(engine.ask("bytes") or 0)
            except Trouble as trouble:
                self.skip(engine, str(trouble))
                continue
            if name in ("limits", "policygraph-evidence"):
                facts["import"] = None  # arrays, and the file of the other
            self.engines[name] = engine
            self.result["engines"][name] = facts
            print(f"{name:22} {facts['version']:12} import {show(facts['import'])}  open {show(facts['open'])}  {facts['bytes'] >> 20} MiB", flush=True)

    def skip(self, engine: Engine, why: str) -> None:
        print(f"{engine.name:22} SKIPPED: {why}", flush=True)
        self.result["skipped"][engine.name] = why
        engine.close()

    # ---- answers

    def answers(self, query: str) -> dict[str, bytes]:
        """Of those that have it, in order; what fails is noted with the query."""
        given = {}
        for name, engine in list(self.engines.items()):
            path = self.work / f"{name}.answer"
            try:
                if engine.ask("answer", query, path) is None:
                    continue
            except Trouble as trouble:
                self.note(query, name, "failed", str(trouble))
                if engine.process.poll() is not None or "more than" in str(trouble):
                    self.skip(self.engines.pop(name), f"stopped at {query}: {trouble}")
                continue
            given[name] = b"\n".join(sorted(path.read_bytes().splitlines()))
        return given

    def note(self, query: str, name: str, kind: str, text: str) -> None:
        self.result["queries"].setdefault(query, {}).setdefault(kind, {})[name] = text
        print(f"  {query}: {name} {kind.upper()}: {text}", flush=True)

    def right(self, query: str) -> list[str]:
        """The engines whose answer most give; at least two must."""
        given = self.answers(query)
        hashes = {name: hashlib.sha256(answer).hexdigest() for name, answer in given.items()}
        if not hashes:
            return []
        wanted, votes = collections.Counter(hashes.values()).most_common(1)[0]
        known = given[next(name for name in hashes if hashes[name] == wanted)]
        self.result["queries"].setdefault(query, {})["answer"] = {"sha256": wanted, "rows": len(known.splitlines()), "engines": votes}
        for name in hashes:
            if hashes[name] != wanted:
                self.note(query, name, "wrong", difference(known, given[name]))
                self.is_bad |= name in OURS
        if votes < 2 and len(hashes) > 1:
            print(f"  {query}: only {votes} engine gives this answer", flush=True)
            self.is_bad = True
        return [name for name in hashes if hashes[name] == wanted]

    # ---- times

    def timed(self, query: str, names: list[str], lists: int, passes: int = 1) -> dict[str, float]:
        """Seconds a run; those that fail are noted and left out."""
        taken = {}
        for name in names:
            try:
                taken[name] = self.engines[name].seconds("time", query, passes * lists, lists) or 0.0
            except Trouble as trouble:
                self.note(query, name, "failed", str(trouble))
        return taken

    def list_count(self, query: str) -> int:
        return sum(line.split("\t")[0] == query for line in (self.data / "arguments.tsv").read_text(encoding="utf-8").splitlines())

    def compare(self, query: str) -> None:
        """All run over the same lists of arguments: as many as the slowest has the time for."""
        first = self.timed(query, self.right(query), 1)
        if not first:
            return
        budget, given = self.options.budget, self.list_count(query)
        lists = min(given, max(4, int(budget / 3 / max(max(first.values()), 1e-9))))
        once = first if lists == 1 else self.timed(query, list(first), lists)
        times: dict[str, list[float]] = {name: [] for name in once}
        for turn in range(self.options.turns):
            for name, seconds in once.items():
                one_pass = max(seconds * lists, 1e-9)
                if turn > 0 and turn * one_pass > budget:
                    continue
                passes = max(1, int(max(SMALLEST_TURN, budget / 2 / self.options.turns) / one_pass))
                times[name] += self.timed(query, [name], lists, passes).values()
        times = {name: taken for name, taken in times.items() if taken}
        self.result["queries"][query]["lists"] = lists
        self.result["queries"][query]["times"] = {name: summary(taken, times.get("policygraph")) for name, taken in times.items()}
        print(f"{query:16} " + "  ".join(f"{name} {show(statistics.median(taken))}" for name, taken in times.items()), flush=True)

    def finish(self) -> None:
        for name, engine in self.engines.items():
            try:
                facts = self.result["engines"][name]
                facts["more"] = engine.seconds("more")
                facts["memory"] = int(engine.ask("memory") or 0)
            except Trouble as trouble:
                print(f"{name}: {trouble}", flush=True)
        if "write_mix" in self.options.queries:
            self.compare("write_mix")
        for engine in self.engines.values():
            engine.close()

    def run(self) -> int:
        if not (self.data / "arguments.tsv").exists():
            subprocess.run([self.options.program, "generate", str(self.options.edges), str(self.data)], check=True)
        started = time.monotonic()
        self.start()
        for query in self.options.queries:
            if query != "write_mix":
                self.compare(query)
        self.finish()
        self.result["seconds"] = round(time.monotonic() - started)
        write_report(self.result, self.out)
        print(f"{self.result['seconds']} s; {self.out / 'peers.md'}; " + ("AN ANSWER OF OURS IS WRONG" if self.is_bad else "answers agree, but for those listed as wrong"))
        return int(self.is_bad)


def difference(known: bytes, given: bytes) -> str:
    """The first line that the one has and the other has not."""
    for ours, theirs in zip(known.splitlines() + [b""], given.splitlines() + [b""], strict=False):
        if ours != theirs:
            return f"{theirs.decode(errors='replace')[:60]!r} where others say {ours.decode(errors='replace')[:60]!r}".replace("\t", " ")
    return "rows differ in number"


def summary(taken: list[float], base: list[float] | None) -> dict[str, Any]:
    out: dict[str, Any] = {"median": statistics.median(taken), "least": min(taken), "most": max(taken), "turns": len(taken)}
    if base:
        ratios = [mine / theirs for mine, theirs in zip(taken, base, strict=False)]
        out["ratio"], out["ratio_least"], out["ratio_most"] = statistics.median(ratios), min(ratios), max(ratios)
    return out


def show(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def machine() -> str:
    model = ""
    if os.path.exists("/proc/cpuinfo"):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    return f"{os.cpu_count()} cores, {model or platform.processor()}, {platform.system()} {platform.release()}"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--program", required=True, help="policygraph-bench")
    parser.add_argument("--python", default=sys.executable, help="of the environment that has the peers")
    parser.add_argument("--system-python", default="/usr/bin/python3", help="the one that has Debian's graph-tool")
    parser.add_argument("--ladybug", default="ladybug", help="the module of LadybugDB: ladybug or real_ladybug")
    parser.add_argument("--edges", type=int, default=1_000_000)
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--budget", type=float, default=1.0, help="seconds for one engine and query, about")
    parser.add_argument("--longest", type=float, default=120, help="seconds after which an engine is stopped at what it does")
    parser.add_argument("--engines", default="", help="only these, by commas")
    parser.add_argument("--queries", type=lambda text: text.split(","), default=list(QUERIES))
    parser.add_argument("--out", default="build/peers")
    return Comparison(parser.parse_args()).run()


if __name__ == "__main__":
    sys.exit(main())
