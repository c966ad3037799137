"""Sums what the test stages left in a folder and prints `N passed, M failed, K skipped`; fails when M > 0.

Read are */ctest.xml with the GoogleTest cases beside it in */gtest/*.json, pytest.xml, and *.txt with lines of
`passed|failed|skipped name`. A program that failed without a failed case (a crash, a time-out) counts as one failure.
"""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

Counts = dict[str, list[str]]


def count_gtest(path: Path, counts: Counts) -> int:
    """Add the cases of one program; return how many of them failed."""
    failed = 0
    for suite in json.loads(path.read_text())["testsuites"]:
        for case in suite["testsuite"]:
            name = f"{path.stem}: {suite['name']}.{case['name']}"
            if case.get("failures"):
                failed += 1
                counts["failed"].append(name)
            elif case.get("result") == "SKIPPED":
                counts["skipped"].append(name)
            elif case.get("status") == "RUN":
                counts["passed"].append(name)
    return failed


def count_ctest(path: Path, counts: Counts) -> None:
    for case in xml.parse(path).getroot().iter("testcase"):
        name = case.get("name", "")
        word = {"run": "passed", "fail": "failed"}.get(case.get("status", ""), "skipped")
        cases = path.parent / "gtest" / f"{name}_test.json"
        if not cases.exists():
            counts["failed" if word == "skipped" else word].append(name)
        elif count_gtest(cases, counts) == 0 and word != "passed":
            counts["failed"].append(f"{name} (the program)")


def count_pytest(path: Path, counts: Counts) -> None:
    for case in xml.parse(path).getroot().iter("testcase"):
        tags = {child.tag for child in case}
        word = "failed" if tags & {"failure", "error"} else "skipped" if "skipped" in tags else "passed"
        counts[word].append(f"{case.get('classname')}.{case.get('name')}")


def count_lines(path: Path, counts: Counts) -> None:
    for line in path.read_text().splitlines():
        word, _, name = line.partition(" ")
        counts[word].append(name)


def main(folder: Path) -> int:
    counts: Counts = {"passed": [], "failed": [], "skipped": []}
    for path in sorted(folder.glob("*/ctest.xml")):
        count_ctest(path, counts)
    for path in sorted(folder.glob("pytest*.xml")):
        count_pytest(path, counts)
    for path in sorted(folder.glob("*.txt")):
        count_lines(path, counts)
    for word in ("skipped", "failed"):
        for name in counts[word]:
            print(f"{word}: {name}")
    print(", ".join(f"{len(counts[word])} {word}" for word in counts))
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
