"""What every Python engine shares: the data's files and arguments, answers as text, and the loop that obeys run.py.

Commands and replies are those of policygraph-bench (bench/peers/engine.hpp), a line each.
"""

from __future__ import annotations

import csv
import decimal
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Arguments = list[Any]
Rows = Iterable[tuple[Any, ...]]
Runner = Callable[[Arguments], Any]


class Engine:
    """An engine: takes the set in, answers queries. `runner` gives what is timed; `rows` makes of its answer the rows."""

    def __init__(self, folder: str, work: str, queries: str) -> None:
        self.folder, self.work, self.queries = folder, work, queries

    def version(self) -> str:
        raise NotImplementedError

    def load(self) -> None:
        raise NotImplementedError

    def open(self) -> None:
        """In memory alone: nothing to open."""

    def more(self) -> bool:
        return False

    def size(self) -> int:
        return 0

    def runner(self, query: str) -> Runner | None:
        raise NotImplementedError

    def rows(self, query: str, answer: Any) -> Rows:
        return answer

    def argument(self, kind: str, text: str) -> Any:
        """An integer, a text (s) or a day (d, as YYYY-MM-DD)."""
        return int(text) if kind == "i" else text


def table(folder: str, name: str) -> Iterator[list[str]]:
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        yield from lines


def query_texts(path: str) -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    with open(path, encoding="utf-8") as file:
        for line in file.read().splitlines():
            if line.startswith(("// ", "-- ")):
                texts[line[3:]] = current = []
            elif line:
                current.append(line)
    return {name: "\n".join(lines) for name, lines in texts.items()}


def money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def field(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, decimal.Decimal):
        return str(value.quantize(decimal.Decimal("0.01")))
    return str(value)


def folder_bytes(path: str) -> int:
    if os.path.isfile(path):
        return sum(os.path.getsize(path + end) for end in ("", ".wal", "-wal") if os.path.exists(path + end))
    return sum(os.path.getsize(os.path.join(where, name)) for where, _, names in os.walk(path) for name in names)


class Server:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.prepared: dict[str, tuple[Runner | None, list[Arguments]]] = {}

    def known(self, query: str) -> tuple[Runner | None, list[Arguments]]:
        if query not in self.prepared:
            lists = []
            with open(os.path.join(self.engine.folder, "arguments.tsv"), encoding="utf-8") as file:
                for line in file.read().splitlines():
                    name, *fields = line.split("\t")
                    if name == query:
                        lists.append([self.engine.argument(text[0], text[2:]) for text in fields])
            self.prepared[query] = (self.engine.runner(query), lists)
        return self.prepared[query]

    def answer(self, query: str, path: str) -> str:
        run, lists = self.known(query)
        if run is None:
            return "none"
        start = time.perf_counter()
        answers = [self.engine.rows(query, run(arguments)) for arguments in lists]
        taken = time.perf_counter() - start
        with open(path, "w", encoding="utf-8", newline="\n") as out:
            for number, rows in enumerate(answers):
                out.writelines("\t".join([str(number), *map(field, row)]) + "\n" for row in rows)
        return f"ok {taken}"

    def time(self, query: str, runs: int, most: int) -> str:
        run, lists = self.known(query)
        if run is None:
            return "none"
        count, clock = min(len(lists), most), time.perf_counter
        start = clock()
        for number in range(runs):
            run(lists[number % count])
        return f"ok {(clock() - start) / runs}"

    def timed(self, act: Callable[[], Any]) -> str:
        start = time.perf_counter()
        done = act()
        return "none" if done is False else f"ok {time.perf_counter() - start}"

    def obey(self, command: str, *words: str) -> str:
        if command == "answer":
            return self.answer(words[0], words[1])
        if command == "time":
            return self.time(words[0], int(words[1]), int(words[2]))
        if command == "import":
            return self.timed(self.engine.load)
        if command == "open":
            self.prepared.clear()
            return self.timed(self.engine.open)
        if command == "more":
            return self.timed(self.engine.more)
        if command == "bytes":
            return f"ok {self.engine.size()}"
        if command == "memory":
            return f"ok {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}"
        if command == "version":
            return f"ok {self.engine.version()}"
        return f"error no such command: {command}"


def serve(make: Callable[[str, str, str], Engine]) -> None:
    """python ENGINE.py FOLDER WORK QUERIES"""
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print is no reply
    server = Server(make(*sys.argv[1:4]))
    for line in sys.stdin:
        if line.strip() == "quit":
            break
        try:
            reply = server.obey(*line.split())
        except Exception as trouble:  # an engine's failure is a reply, and run.py's to judge
            reply = "error " + " ".join(f"{type(trouble).__name__}: {trouble}".split())[:400]
        print(reply, file=replies, flush=True)
