"""Why a row is there: what it rests on, in the sentences it was read in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, overload

from . import _core, display

Style = Literal["plain", "markdown", "bibtex", "csl-json", "web-annotation"]


class Why(Sequence[_core.Quotation]):
    """The passages a row rests on, each in its sentence, the longest first. Printed, the passage stands between » and «.

    Made by `Results.why`.

    Attributes
    ----------
    left_out : int
        Pieces that are not shown since an aggregate rests on too many.

    Examples
    --------
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory("open")
    >>> with graph.begin("by:anna") as edit:
    ...     edit.set_note("Nukus is a city.")
    ...     _ = edit.create_node("City", name="Nukus")
    >>> why = graph.query("MATCH (c:City) RETURN c.name").why()
    >>> print(why)
    [1] by:anna, line 1
        »Nukus is a city.«
    >>> why[0].citation.extractor
    'by:anna'
    """

    __slots__ = ("_quotations", "left_out")

    def __init__(self, rows: _core.Rows, row: int) -> None:
        self._quotations = _core.quotations(rows, row)
        self.left_out = rows.evidence_left_out(row)

    @overload
    def __getitem__(self, index: int, /) -> _core.Quotation: ...
    @overload
    def __getitem__(self, index: slice, /) -> list[_core.Quotation]: ...
    def __getitem__(self, index: int | slice, /) -> _core.Quotation | list[_core.Quotation]:
        return self._quotations[index]

    def __iter__(self) -> Iterator[_core.Quotation]:
        return iter(self._quotations)

    def __len__(self) -> int:
        return len(self._quotations)

    def __str__(self) -> str:
        if not self._quotations:
            return "no evidence"
        lines = []
        for number, one in enumerate(self._quotations, 1):
            place = f", line {one.citation.line}" if one.citation.line else ""
            if one.citation.page:
                place = f", page {one.citation.page}"
            lines.append(f"[{number}] {_flat(one.citation.title or one.citation.uri)}{place}")
            lines.append(f"    {_flat(one.before)}»{_flat(one.citation.quote)}«{_flat(one.after)}")
        if self.left_out:
            lines.append(f"and {self.left_out} more")
        return "\n".join(lines)

    def __repr__(self) -> str:
        count = len(self)
        return f"<Why: {count} {'passage' if count == 1 else 'passages'}>"

    def _repr_html_(self) -> str:
        return display.why_html(self)


def _flat(text: str) -> str:
    """On one line, without characters that move a terminal's cursor."""
    return "".join(c if c.isprintable() else " " for c in text)
