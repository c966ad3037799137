"""Prepared queries: read and planned once."""

from __future__ import annotations

from typing import Any

from . import _core
from .results import Results


class PreparedQuery(_core.PreparedQuery):
    """A reading query that was read and planned once, for one snapshot: made by `Snapshot.prepare`.

    A look-up by key takes well under a microsecond (docs/benchmarks.md). Any thread may ask.

    Examples
    --------
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory("open")
    >>> _ = graph.query("CREATE (:City {code: 1, name: 'Nukus'}), (:City {code: 2, name: 'Khiva'})")
    >>> named = graph.snapshot().prepare("MATCH (c:City {code: $code}) RETURN c.name AS name")
    >>> named.run(code=1).to_dicts(), named.tuples(2)
    ([{'name': 'Nukus'}], [('Khiva',)])
    >>> named
    <PreparedQuery: $code; name>
    """

    __slots__ = ()

    def run(self, /, *values: Any, **named: Any) -> Results:
        """Ask it: values of the parameters in the order of `parameters`, or by name; rows know what they rest on.

        Examples
        --------
        >>> import policygraph as pg
        >>> pg.open_in_memory().snapshot().prepare("RETURN $a + $b AS sum").run(1, b=2).scalar()
        3
        """
        return Results(self._rows(*values, **named))

    def __repr__(self) -> str:
        wanted = ", ".join(f"${name}" for name in self.parameters)
        return f"<PreparedQuery: {wanted}{'; ' if wanted else ''}{', '.join(self.columns)}>"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a prepared query holds its snapshot and is not pickled; pickle its text, and prepare it anew")

    def __copy__(self) -> PreparedQuery:
        return self

    def __deepcopy__(self, memo: object) -> PreparedQuery:
        return self
