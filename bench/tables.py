"""What it costs to hand a million rows to table libraries: medians of five, in seconds; the query is not counted."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import policygraph as pg

QUERY = """
UNWIND range(1, 1000000) AS n
RETURN n, n * 0.5 AS f, 'row ' + toString(n % 1000) AS s, decimal('12.50') AS amount, date('2024-05-06') AS day,
       CASE n % 7 WHEN 0 THEN null ELSE n END AS gaps
"""


def median(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def importing() -> float:
    """In a process of its own; the first one is not counted, for it compiles."""
    program = "import time; start = time.perf_counter(); import policygraph; print(time.perf_counter() - start)"
    times = [float(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout) for _ in range(10)]
    return statistics.median(times[1:])


def main() -> None:
    print(f"import     {importing():9.3f} s")
    results = pg.open_in_memory().query(QUERY, evidence=False)
    print(f"{len(results):,} rows of {len(results.columns)} columns")
    for name in ("polars", "arrow", "pandas"):
        # A slice, so that the types are told anew each time.
        print(f"to_{name:<8} {median(lambda name=name: getattr(results[:], f'to_{name}')()):8.3f} s")


if __name__ == "__main__":
    main()
