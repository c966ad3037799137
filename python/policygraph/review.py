"""What may be one thing: proposals, and what a person decides of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _core, arguments, display
from .table import needed

if TYPE_CHECKING:
    from .graph import Graph


class Proposal(NamedTuple):
    """Two nodes that may be one thing: their keys and names, how sure a rule is, and why.

    Examples
    --------
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory()
    >>> _ = graph.add_nodes({"name": ["Otabek Mahmudov", "О. Махмудов"]}, label="Person")
    >>> proposal = graph.review()[0]
    >>> proposal.a_name, proposal.b_name, proposal.label
    ('Otabek Mahmudov', 'О. Махмудов', 'Person')
    """

    a: int
    b: int
    label: str
    a_name: str
    b_name: str
    score: float
    rule: str
    reason: str


class Review:
    """The pairs of nodes that resolving found alike and did not merge, the likest first: a table, in a notebook too.

    `accept` and `reject` take the number of a row and commit at once; the rest of the table stays as it is. A pair that was decided is
    not proposed again, whatever is read later.

    Examples
    --------
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory()
    >>> with graph.begin("by:anna") as transaction:
    ...     _ = transaction.create_node("Person", name="Otabek Mahmudov")
    ...     _ = transaction.create_node("Person", name="О. Махмудов")
    >>> review = graph.review()
    >>> review[0].a_name, review[0].b_name, review[0].score
    ('Otabek Mahmudov', 'О. Махмудов', 0.85)
    >>> review.accept(0, note="the same post in both", by="anna")
    >>> len(graph.snapshot().query("MATCH (p:Person) RETURN p")), len(graph.review())
    (1, 0)
    """

    __slots__ = ("_graph", "_rows")

    def __init__(self, graph: Graph, snapshot: _core.Snapshot, least: float, limit: int) -> None:
        self._graph = graph
        self._rows = [Proposal(*row) for row in _core.proposals(snapshot, least, limit)]

    def accept(self, row: int, *, note: str = "", by: str = "reviewer") -> None:
        """The two are one thing: merge them."""
        proposal = self[row]
        with self._graph.begin(f"by:{arguments.text('by', by, may_be_empty=False)}") as transaction:
            transaction.merge(proposal.a, proposal.b, arguments.text("note", note))

    def reject(self, row: int, *, note: str = "", by: str = "reviewer") -> None:
        """They are two: keep them apart."""
        proposal = self[row]
        with self._graph.begin(f"by:{arguments.text('by', by, may_be_empty=False)}") as transaction:
            transaction.separate(proposal.a, proposal.b, arguments.text("note", note))

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as dictionaries."""
        return [proposal._asdict() for proposal in self._rows]

    def to_pandas(self) -> Any:
        """The rows as a data frame; wants pandas."""
        return needed("pandas", "to_pandas()").DataFrame(self._rows, columns=list(Proposal._fields))

    def __getitem__(self, row: int) -> Proposal:
        return self._rows[row]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Proposal]:
        return iter(self._rows)

    def __repr__(self) -> str:
        return f"<Review: {len(self)} {'proposal' if len(self) == 1 else 'proposals'}>"

    def _repr_html_(self) -> str:
        return display.review_html(self)
