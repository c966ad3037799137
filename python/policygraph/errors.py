"""Exceptions: one table of the library's codes and Python's classes."""

from __future__ import annotations

from typing import Any


class Error(Exception):
    """A call that could not do its work.

    Attributes
    ----------
    code : str
        A stable name: ``"not_found"``, ``"syntax"``, ``"limit"`` ...
    text : str
        What went wrong, without its place.
    line, column : int or None
        Where, in the text that was passed or read; both from 1.
    document : str
        A path, or a pointer into a JSON file; empty where there is none.
    report : str
        Several lines: the text, the place, and the source line with a caret.

    Examples
    --------
    >>> import policygraph as pg
    >>> try:
    ...     pg.open_in_memory().query("MATCH (a:LegalAkt) RETURN a")
    ... except pg.Error as error:
    ...     print(error.code, error.line, error.column, error.text)
    bind 1 10 unknown label 'LegalAkt'; did you mean 'LegalAct'?
    """

    def __init__(
        self,
        text: str = "",
        *,
        code: str = "invalid_argument",
        line: int | None = None,
        column: int | None = None,
        source_line: str = "",
        document: str = "",
        report: str = "",
    ) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.line = line
        self.column = column
        self.source_line = source_line
        self.document = document
        self.report = report or text

    def __str__(self) -> str:
        return self.report if self.line else self.text

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.text,), dict(self.__dict__))


class InvalidArgumentError(Error, ValueError):
    """An argument outside what a call allows.

    Examples
    --------
    >>> import policygraph as pg
    >>> pg.open_in_memory().review(limit=-1)
    Traceback (most recent call last):
    policygraph.errors.InvalidArgumentError: limit is -1; it is at least 0
    """


class ArgumentTypeError(InvalidArgumentError, TypeError):
    """An argument of a type that a call does not take.

    Examples
    --------
    >>> import policygraph as pg
    >>> pg.open_in_memory().review(limit="ten")
    Traceback (most recent call last):
    policygraph.errors.ArgumentTypeError: limit is of the type str; it is a whole number
    """


class NotFoundError(Error, KeyError, FileNotFoundError):
    """A file, a question, a parameter or a node that does not exist.

    Examples
    --------
    >>> import policygraph as pg
    >>> pg.read_json("nowhere.json")
    Traceback (most recent call last):
    policygraph.errors.NotFoundError: no file 'nowhere.json'
    """

    __str__ = Error.__str__


class InputOutputError(Error, OSError):
    """The operating system refused a read or a write.

    Examples
    --------
    >>> import policygraph as pg
    >>> try:
    ...     pg.open_in_memory().write_page("/nowhere/page.html")
    ... except OSError as error:
    ...     print(type(error).__name__)
    InputOutputError
    """

    __str__ = Error.__str__


class TextEncodingError(Error, ValueError):
    """Bytes that are not text in the stated encoding.

    Examples
    --------
    >>> import policygraph as pg
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "graph.json")
    ...     _ = path.write_bytes(b"\\xff")
    ...     try:
    ...         pg.read_json(path)
    ...     except (pg.TextEncodingError, pg.FormatError) as error:
    ...         print(isinstance(error, ValueError))
    True
    """


class FormatError(Error, ValueError):
    """JSON, CSV or schema data that breaks its format.

    Examples
    --------
    >>> import policygraph as pg
    >>> pg.PartialDate("2024-13")
    Traceback (most recent call last):
    policygraph.errors.FormatError: not a date: a month is 01 to 12, a season 21 to 24
      at 1:6
      | 2024-13
      |      ^
    """


class LimitError(Error, RuntimeError):
    """Size, depth, rows, memory or time past the stated bound.

    Examples
    --------
    >>> import policygraph as pg
    >>> pg.open_in_memory().query("UNWIND range(1, 9) AS n RETURN n", max_rows=5)
    Traceback (most recent call last):
    policygraph.errors.LimitError: the answer has more than 5 rows; add LIMIT
    """


class SchemaError(Error, ValueError):
    """A claim the schema does not allow.

    Examples
    --------
    >>> import policygraph as pg
    >>> with pg.open_in_memory().begin() as edit:
    ...     edit.create_node("Programe", name="Trams")
    Traceback (most recent call last):
    policygraph.errors.SchemaError: unknown label 'Programe'; did you mean 'Programme'?
    """


class ConflictError(Error, RuntimeError):
    """A change that does not fit the graph as it stands.

    Examples
    --------
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory("open")
    >>> _ = graph.add_nodes({"name": ["Nukus", "Nukus"]}, label="City")
    >>> graph.add_nodes({"name": ["Nukus"], "people": [312100]}, label="City", key="name")
    Traceback (most recent call last):
    policygraph.errors.ConflictError: row 0 of the table: 2 nodes have the key ['Nukus']; merge them first, or name them by another property
    """


class InterruptedError(Error, RuntimeError):  # noqa: A001
    """Stopped before it was done.

    Examples
    --------
    >>> import policygraph as pg
    >>> issubclass(pg.InterruptedError, RuntimeError)  # what Ctrl-C raises is KeyboardInterrupt
    True
    """


class BusyError(Error, TimeoutError):
    """Another writer holds the graph.

    Examples
    --------
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory("open")
    >>> with graph.begin("by:anna"):
    ...     graph.begin("by:otabek", timeout=0.01)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    policygraph.errors.BusyError: 'by:anna' is writing to the graph; waited ... ms
    """

    __str__ = Error.__str__


class ClosedError(Error, ValueError):
    """Use of a handle after it was closed.

    Examples
    --------
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory()
    >>> graph.close()
    >>> graph.snapshot()
    Traceback (most recent call last):
    policygraph.errors.ClosedError: the graph is closed
    """


class FeatureNotBuiltError(Error, NotImplementedError):
    """An optional library was absent when this was built.

    Examples
    --------
    >>> import policygraph as pg
    >>> issubclass(pg.FeatureNotBuiltError, NotImplementedError)
    True
    """


class QueryError(Error, ValueError):
    """A query that cannot be read, bound or run.

    Attributes
    ----------
    type, phase, detail : str
        openCypher's classification: ``"SyntaxError"``, ``"compile time"``, ``"UndefinedVariable"``.

    Examples
    --------
    >>> import policygraph as pg
    >>> try:
    ...     pg.open_in_memory().query("MATCH (a) RETURN b")
    ... except pg.QueryError as error:
    ...     print(error.type, "at", error.phase, "-", error.detail)
    SyntaxError at compile time - UndefinedVariable
    """

    type: str = ""
    phase: str = ""
    detail: str = ""


class QuerySyntaxError(QueryError):
    """Text that is not Cypher.

    Examples
    --------
    >>> import policygraph as pg
    >>> pg.open_in_memory().query("MATCH (a RETURN a")
    Traceback (most recent call last):
    policygraph.errors.QuerySyntaxError: expected ')', found 'RETURN'
      at 1:10
      | MATCH (a RETURN a
      |          ^
    """


class BindError(QueryError):
    """Cypher that names what is not there, or mistypes it.

    Examples
    --------
    >>> import policygraph as pg
    >>> pg.open_in_memory().query("MATCH (a) RETURN b")
    Traceback (most recent call last):
    policygraph.errors.BindError: variable 'b' is not defined
      at 1:18
      | MATCH (a) RETURN b
      |                  ^
    """


class RunError(QueryError):
    """A query that failed while running.

    Examples
    --------
    >>> import policygraph as pg
    >>> pg.open_in_memory().query("RETURN 1 / 0")
    Traceback (most recent call last):
    policygraph.errors.RunError: division by zero
      at 1:8
      | RETURN 1 / 0
      |        ^
    """


class QuerySchemaError(SchemaError, QueryError):
    """A query that writes what the schema does not allow.

    Examples
    --------
    >>> import policygraph as pg
    >>> pg.open_in_memory().query("CREATE (:Programme {name: 5})")
    Traceback (most recent call last):
    policygraph.errors.QuerySchemaError: property 'name' of Programme wants string, found Integer 5
      at 1:8
      | CREATE (:Programme {name: 5})
      |        ^
    """


class QueryConflictError(ConflictError, QueryError):
    """A query that writes what does not fit the graph as it stands: a value that is unique and taken.

    Examples
    --------
    >>> import policygraph as pg
    >>> issubclass(pg.QueryConflictError, pg.ConflictError), issubclass(pg.QueryConflictError, pg.QueryError)
    (True, True)
    """


# Of a query, where they say more than the code alone.
_QUERY_CLASSES: dict[str, type[Error]] = {"schema": QuerySchemaError, "conflict": QueryConflictError}

_CLASSES: dict[str, type[Error]] = {
    "invalid_argument": InvalidArgumentError,
    "not_found": NotFoundError,
    "io": InputOutputError,
    "encoding": TextEncodingError,
    "format": FormatError,
    "limit": LimitError,
    "schema": SchemaError,
    "conflict": ConflictError,
    "syntax": QuerySyntaxError,
    "bind": BindError,
    "run": RunError,
    "interrupted": InterruptedError,
    "busy": BusyError,
    "closed": ClosedError,
    "feature_not_built": FeatureNotBuiltError,
}


def _made(
    code: str,
    text: str,
    line: int,
    column: int,
    source_line: str,
    document: str,
    report: str,
    type_: str,
    phase: str,
    detail: str,
) -> Error:
    """The exception for an error of the library; called by the extension."""
    classes = _CLASSES | _QUERY_CLASSES if type_ else _CLASSES
    made = classes.get(code, Error)(
        text,
        code=code,
        line=line or None,
        column=column or None,
        source_line=source_line,
        document=document,
        report=report,
    )
    if isinstance(made, QueryError):
        made.type = type_
        made.phase = phase
        made.detail = detail
    return made
