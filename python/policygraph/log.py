"""What the library tells ``logging``, as the logger "policygraph": what was read and written (INFO), trouble with documents
(WARNING), each query (DEBUG). It prints nothing of itself."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sized
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import logging

    from . import _core

MAX_QUERY = 200
MAX_DIAGNOSTICS = 1000


def logger() -> logging.Logger:
    """Looked for when it is used: importing policygraph does not import logging."""
    import logging

    made = logging.getLogger("policygraph")
    if not made.handlers:
        made.addHandler(logging.NullHandler())
    return made


def info(message: str, *values: Any) -> None:
    """Something was done that lasts."""
    logger().info(message, *values)


def queried(text: str, rows: Sized, start: float) -> None:
    """A query was answered that began then, by `time.perf_counter`; its parameters stay the caller's."""
    if "logging" not in sys.modules:  # then nobody listens
        return
    to = logger()
    if to.isEnabledFor(10):
        seconds = time.perf_counter() - start
        short = " ".join(text.split())
        to.debug("%d rows in %.1f ms: %s", len(rows), seconds * 1000, short if len(short) <= MAX_QUERY else short[: MAX_QUERY - 1] + "…")


def diagnostics(found: Iterable[_core.Diagnostic]) -> None:
    """Trouble in documents, the first of it."""
    import logging

    to = logger()
    levels = {"error": logging.ERROR, "warning": logging.WARNING}
    for number, one in enumerate(found):
        if number == MAX_DIAGNOSTICS:
            to.warning("more trouble than that; IngestResult.diagnostics has all")
            return
        to.log(levels.get(one.severity, logging.INFO), "%s: %s", one.document, one.text)
