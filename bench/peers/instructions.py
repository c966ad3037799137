"""Instructions that one run of a query takes, by `perf stat`: instructions.py PROGRAM SET WORK [QUERY,QUERY ...]

Of the loops by hand, policygraph and SQLite. WORK holds what run.py has imported (--out, below it work/). Counts are the same on a busy
and on an idle machine, within a hundredth or so.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from report import table
from run import QUERIES

ENGINES = ("limits", "policygraph", "sqlite")


def counted(command: list[str], commands: list[str]) -> tuple[int, list[str]]:
    done = subprocess.run(
        ["perf", "stat", "-x,", "-e", "instructions:u", *command], input="\n".join([*commands, "quit", ""]), text=True, capture_output=True, check=True
    )
    (line,) = (line for line in done.stderr.splitlines() if "instructions" in line)
    return int(line.split(",")[0]), done.stdout.splitlines()


def per_run(command: list[str], query: str) -> float | None:
    """What many runs take more than none, by run: the first, which may build an index, is in both."""
    start = ["import" if command[1] == "limits" else "open", f"time {query} 5 5"]
    base, replies = counted(command, start)
    if not replies[-1].startswith("ok"):
        return None
    runs = max(10, min(2000, int(0.2 / float(replies[-1].split()[1]))))
    more, _ = counted(command, [*start, f"time {query} {runs} 200"])
    return (more - base) / runs


def main(program: str, data: str, work: str, queries: str = "") -> None:
    places = [data, work, str(Path(__file__).resolve().parent / "queries")]
    wanted = queries.split(",") if queries else [query for query in QUERIES if query not in ("write_mix", "mentions_arrow")]
    rows = []
    for query in wanted:
        counts = [per_run([program, engine, *places], query) for engine in ENGINES]
        rows.append([query, *["–" if count is None else f"{count / 1000:,.3g}" if count < 1e5 else f"{count / 1000:,.0f}" for count in counts]])
    print(table(["thousands of instructions a run", *ENGINES], rows))


if __name__ == "__main__":
    main(*sys.argv[1:])
