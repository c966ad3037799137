"""Answers of questions that have a name: rows, or why there are none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, overload

from . import _core, display
from .results import Results, Row
from .table import Mixed, Table, Tabular
from .view import Drawn
from .why import Style, Why


class Answer(Tabular, Drawn):
    """What a graph says to a question that has a name.

    Where the documents state nothing, `rows` is empty, and `candidates` names what comes near and why it does not suffice.

    Attributes
    ----------
    rows : Results
        What the documents state.
    candidates : Results or None
        What comes near; None where there are rows.

    Examples
    --------
    >>> import policygraph as pg
    >>> answer = pg.open_in_memory().ask("acts_that_fund")
    >>> answer.has_evidence, len(answer.rows)
    (False, 0)
    >>> answer
    <Answer acts_that_fund: no evidence, 0 candidates>
    """

    __slots__ = ("_answer", "_sentences", "candidates", "rows")

    def __init__(self, answer: _core.Answer) -> None:
        self._answer = answer
        self.rows = Results(answer.rows)
        near = answer.candidates
        self.candidates = None if near is None else Results(near)
        self._sentences = answer.sentences

    @property
    def question(self) -> _core.Question:
        """The question that was asked."""
        return self._answer.question

    @property
    def has_evidence(self) -> bool:
        """Whether the documents state an answer."""
        return self._answer.has_evidence

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return self.rows.columns

    @property
    def sentences(self) -> list[str]:
        """Each row as a sentence."""
        return list(self._sentences)

    def _drawn(self) -> _core.Snapshot:
        return self.rows._drawn()

    def table(self, *, mixed: Mixed = "error", evidence: bool = False) -> Table:
        """The rows as columns of one type each; see `Tabular.table`."""
        return self.rows.table(mixed=mixed, evidence=evidence)

    def one(self) -> Row:
        """The only row; see `Results.one`."""
        return self.rows.one()

    def scalar(self) -> Any:
        """The only value of the only row."""
        return self.rows.scalar()

    def to_networkx(self) -> Any:
        """The nodes and edges that the rows hold; see `Results.to_networkx`."""
        return self.rows.to_networkx()

    def to_region(self) -> _core.Region:
        """The nodes and edges that the rows hold; see `Results.to_region`."""
        return self.rows.to_region()

    def to_csv(self, *, evidence: bool = False) -> str:
        """The rows as CSV; see `Results.to_csv`."""
        return self.rows.to_csv(evidence=evidence)

    def to_json(self, *, evidence: bool = False) -> str:
        """The rows as a JSON array; see `Results.to_json`."""
        return self.rows.to_json(evidence=evidence)

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as dictionaries."""
        return self.rows.to_dicts()

    def cite(self, style: Style = "plain", *, width: int = 120) -> str:
        """What the rows rest on; see `Results.cite`. Without rows, as plain text and in Markdown, the candidates."""
        if self.candidates is None or style not in ("plain", "markdown"):
            return self.rows.cite(style, width=width)
        return "no evidence\n" + ("\n" if style == "markdown" else "") + self.candidates.cite(style, width=width)

    def why(self, row: int | Row = 0) -> Why:
        """What a row rests on, in the sentences it was read in; see `Results.why`."""
        return self.rows.why(row)

    def __bool__(self) -> bool:
        return self.has_evidence

    @overload
    def __getitem__(self, index: int, /) -> Row: ...
    @overload
    def __getitem__(self, index: slice, /) -> Answer: ...
    def __getitem__(self, index: int | slice, /) -> Row | Answer:
        if not isinstance(index, slice):
            return self.rows[index]
        part = Answer(self._answer)
        part.rows, part._sentences = self.rows[index], self._sentences[index]
        return part

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __repr__(self) -> str:
        if self.candidates is None:
            return f"<Answer {self.question.name}: {len(self.rows)} rows>"
        return f"<Answer {self.question.name}: no evidence, {len(self.candidates)} candidates>"

    def _repr_html_(self) -> str:
        return display.answer_html(self)
