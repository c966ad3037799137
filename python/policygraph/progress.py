"""How far a long call is: a line on a terminal, a bar in a notebook, a line now and then in a pipe. No other package is needed."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any, Protocol, TextIO

from .errors import ArgumentTypeError

Progress = Callable[[int, int, str], object]

PATIENCE = 1.0  # what is over sooner shows nothing, unless it was asked for
PAUSE = 0.1
WIDTH = 30


class Place(Protocol):
    """Where it is shown."""

    def draw(self, done: int, total: int, name: str) -> None:
        """How far it is."""

    def finish(self, line: str) -> None:
        """It is over."""


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else "�" for letter in text)


class Terminal:
    """One line that is written over, and gone at the end."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def draw(self, done: int, total: int, name: str) -> None:
        full = WIDTH * done // max(total, 1)
        line = f"{'█' * full}{'·' * (WIDTH - full)} {done}/{total} {_printable(name)}"
        import shutil  # which takes its time to import

        room = max(shutil.get_terminal_size().columns - 1, 10)
        self._write("\r" + line[:room] + "\x1b[K")

    def finish(self, line: str) -> None:
        self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
        except UnicodeEncodeError:
            self._stream.write(text.encode("ascii", "replace").decode())
        self._stream.flush()


class Pipe:
    """A line for every tenth."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._tenth = -1

    def draw(self, done: int, total: int, name: str) -> None:
        tenth = 10 * done // max(total, 1)
        if tenth != self._tenth:
            self._tenth = tenth
            self._stream.write(f"{done} of {total}\n")
            self._stream.flush()

    def finish(self, line: str) -> None:
        self._stream.write(line + "\n")
        self._stream.flush()


class Shown:
    """HTML for a notebook, text for the rest."""

    def __init__(self, line: str, bar: str) -> None:
        self._line = line
        self._bar = bar

    def _repr_html_(self) -> str:
        import html  # which a terminal has no need of

        return f"{self._bar}<bdi>{html.escape(self._line)}</bdi>"

    def __repr__(self) -> str:
        return self._line


class Notebook:
    """HTML's own bar, brought up to date in place; it needs no widgets."""

    def __init__(self, display: Callable[..., Any]) -> None:
        self._handle = display(Shown("…", ""), display_id=True)

    def draw(self, done: int, total: int, name: str) -> None:
        bar = f'<progress value="{done}" max="{max(total, 1)}"></progress> '
        self._handle.update(Shown(f"{done}/{total} {_printable(name)}", bar))

    def finish(self, line: str) -> None:
        self._handle.update(Shown(line, ""))


class Bar:
    """Draws not before `patience` seconds have gone by, and not too often. Trouble with drawing ends the drawing alone."""

    def __init__(self, place: Callable[[], Place], patience: float) -> None:
        self._make = place
        self._place: Place | None = None
        self._start = time.monotonic()
        self._next = self._start + patience
        self._done = 0
        self._is_broken = False

    def __call__(self, done: int, total: int, name: str) -> None:
        self._done = done
        now = time.monotonic()
        if now >= self._next:
            self._next = now + PAUSE
            self._try(lambda place: place.draw(done, total, name))

    def finish(self) -> None:
        """The last line, where anything was shown."""
        if self._place is not None:
            line = f"{self._done} documents in {time.monotonic() - self._start:.1f} s"
            self._try(lambda place: place.finish(line))

    def _try(self, work: Callable[[Place], None]) -> None:
        if self._is_broken:
            return
        try:
            self._place = self._place or self._make()
            work(self._place)
        except Exception:  # a closed stream, a front end that is gone
            self._is_broken = True


def _notebook_display() -> Callable[..., Any] | None:
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if getattr(shell, "kernel", None) is None:
        return None
    from IPython.display import display

    return display  # type: ignore[no-any-return, unused-ignore]


def bar_of(progress: Progress | bool | None) -> Progress | None:
    """What `progress` asks for: a function of the caller's, a bar (True), a bar where a person looks and it takes long (None)."""
    if callable(progress):
        return progress
    if progress is not None and not isinstance(progress, bool):
        raise ArgumentTypeError(f"progress is of the type {type(progress).__name__}; it is a function, True, False or None")
    if progress is False:
        return None
    display = _notebook_display()
    stream = sys.stderr
    is_terminal = stream is not None and not stream.closed and stream.isatty()
    if stream is None or (progress is None and display is None and not is_terminal):
        return None
    if display is not None:
        return Bar(lambda: Notebook(display), 0.0 if progress else PATIENCE)
    return Bar(lambda: Terminal(stream) if is_terminal else Pipe(stream), 0.0 if progress else PATIENCE)
