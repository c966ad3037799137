"""Refuses sub-interpreters: the extension waits for ever for a lock that the main one holds (pybind11 with Python before 3.12)."""

from __future__ import annotations

import importlib


def _is_main() -> bool:
    for name in ("_interpreters", "_xxsubinterpreters"):  # of Python 3.13 and later; before
        try:
            interpreters = importlib.import_module(name)
        except ImportError:
            continue
        return bool(interpreters.get_current() == interpreters.get_main())
    return True


if not _is_main():
    raise ImportError("policygraph works in the main interpreter alone; use threads, or processes")
