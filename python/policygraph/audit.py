"""What is wrong with what is known, or worth a look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from . import _core, display
from .table import needed


class Finding(NamedTuple):
    """Something wrong, or worth a look: its code, how grave it is, why, the nodes it concerns, and the words it rests on.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import policygraph as pg
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "note.txt")
    ...     _ = path.write_text("Decree No. PF-9 of 5 May 2023 repeals Decree No. PF-12 of 7 July 2024.")
    ...     graph = pg.open_in_memory()
    ...     _ = graph.ingest(path)
    >>> finding = graph.audit()[0]
    >>> finding.code, finding.severity
    ('DATE_ORDER', 'warning')
    >>> finding.evidence[0].quote
    'Decree No. PF-9 of 5 May 2023 repeals Decree No. PF-12 of 7 July 2024'
    """

    code: str
    severity: str
    explanation: str
    nodes: tuple[int, ...]
    names: tuple[str, ...]
    evidence: tuple[_core.Citation, ...]


class Audit:
    """Findings, in order of their codes: a table, in a notebook too.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import policygraph as pg
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "note.txt")
    ...     _ = path.write_text("Decree No. PF-9 of 5 May 2023 repeals Decree No. PF-12 of 7 July 2024.")
    ...     graph = pg.open_in_memory()
    ...     _ = graph.ingest(path)
    >>> graph.audit()
    <Audit: 1 finding>
    >>> graph.audit().to_dicts()[0]["names"]
    ('PF-9', 'PF-12')
    """

    __slots__ = ("_rows",)

    def __init__(self, snapshot: _core.Snapshot) -> None:
        self._rows = [Finding(*row) for row in _core.audit(snapshot)]

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as dictionaries."""
        return [finding._asdict() for finding in self._rows]

    def to_pandas(self) -> Any:
        """The rows as a data frame; wants pandas."""
        return needed("pandas", "to_pandas()").DataFrame(self._rows, columns=list(Finding._fields))

    def __getitem__(self, row: int) -> Finding:
        return self._rows[row]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._rows)

    def __repr__(self) -> str:
        return f"<Audit: {len(self)} {'finding' if len(self) == 1 else 'findings'}>"

    def _repr_html_(self) -> str:
        return display.audit_html(self)
