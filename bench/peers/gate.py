"""Instructions of every query at 10,000 edges, beside the figures kept in gate.json: gate.py PROGRAM OUT [--update]

Callgrind counts them, on one processor, so they are the same on a busy and on an idle machine; each query runs over its first eight lists
of arguments, the second time. A rise above 3 % fails and is explained by the commit that writes the figures anew (--update); a fall of as
much is told. Where compiler, C library, valgrind or processor features are others than those recorded beside the figures, nothing is
compared: that is said, and the status is 77.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

from run import QUERIES

HERE = Path(__file__).resolve().parent
FIGURES = HERE / "gate.json"
MOST = 1.03
SKIPPED = 77
COUNTED = tuple(query for query in QUERIES if query not in ("mentions_arrow", "write_mix"))
FEATURES = ("sse4_2", "avx", "avx2", "bmi2", "erms", "fsrm", "avx512f", "avx512bw", "avx512vl")


def said(*command: str) -> str:
    return subprocess.run(command, text=True, capture_output=True, check=True).stdout.splitlines()[0]


def surroundings() -> dict[str, str]:
    flags = next((line.split() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("flags")), [])
    return {
        "compiler": said(os.environ.get("CXX", "g++"), "--version"),
        "C library": " ".join(platform.libc_ver()),
        "valgrind": said("valgrind", "--version"),
        "processor": " ".join(feature for feature in FEATURES if feature in flags) or platform.machine(),
    }


def ask(command: list[str], commands: list[str]) -> list[str]:
    done = subprocess.run(command, input="\n".join([*commands, "quit", ""]), text=True, capture_output=True, check=True)
    replies = done.stdout.splitlines()
    for line, reply in zip(commands, replies, strict=True):
        if not reply.startswith("ok"):
            raise SystemExit(f"{line}: {reply}")
    return replies


def prepare(program: str, out: Path) -> list[str]:
    """The data and the file of the engine, made once; the command that serves it."""
    command = [program, "policygraph", str(out / "data"), str(out / "work"), str(HERE / "queries")]
    subprocess.run([program, "generate", "10000", str(out / "data")], check=True)
    (out / "work").mkdir(exist_ok=True)
    ask(command, ["import"])
    return command


def dumped(out: Path) -> list[int]:
    """The totals of the dumps, in order: one each time the counted function was left."""
    found = []
    for path in out.glob("callgrind.*"):
        text = path.read_text()
        part = re.search(r"^part: (\d+)", text, re.MULTILINE)
        total = re.search(r"^(?:summary|totals): (\d+)", text, re.MULTILINE)
        if part and total and "Trigger: --dump-before=bench::peers::end_of_count" in text:
            found.append((int(part[1]), int(total[1])))
    return [total for _, total in sorted(found)]


def counts(program: str, out: Path) -> dict[str, int]:
    out.mkdir(parents=True, exist_ok=True)
    served = prepare(program, out)
    for old in out.glob("callgrind.*"):
        old.unlink()
    watch = ["taskset", "-c", "0", "valgrind", "--tool=callgrind", "--zero-before=bench::peers::counted_run*"]
    watch += ["--dump-before=bench::peers::end_of_count*", f"--callgrind-out-file={out / 'callgrind'}"]
    replies = ask([*watch, *served], ["open", *(f"count {query}" for query in COUNTED)])
    totals, figures = dumped(out), {}
    runs = [int(reply.split()[1]) for reply in replies[1:]]
    if len(totals) != sum(runs):
        raise SystemExit(f"callgrind left {len(totals)} dumps of {sum(runs)} runs")
    for query, times in zip(COUNTED, runs, strict=True):
        figures[query] = sum(totals[:times]) // times
        del totals[:times]
    return figures


def compare(kept: dict[str, int], found: dict[str, int]) -> bool:
    risen = False
    for query, now in found.items():
        was = kept.get(query)
        word = "new" if was is None else "RISEN" if now > was * MOST else "fallen" if now * MOST < was else ""
        risen = risen or word in ("RISEN", "new")
        share = "" if was is None else f"{now / was:7.3f}"
        print(f"{query:16} {now:14,} {was or 0:14,} {share} {word}".rstrip())
    return not risen


def main(program: str, folder: str, update: str = "") -> int:
    here = surroundings()
    kept = json.loads(FIGURES.read_text()) if FIGURES.exists() else {"made with": here, "instructions": {}}
    other = [f"{name} is {here[name]}, not {was}" for name, was in kept["made with"].items() if here[name] != was]
    if other and not update:
        print(f"not compared: {'; '.join(other)}")
        return SKIPPED
    found = counts(program, Path(folder))
    if update:
        FIGURES.write_text(json.dumps({"made with": here, "instructions": found}, indent=2) + "\n")
        return 0
    return 0 if compare(kept["instructions"], found) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
