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
    """An argument outside what a call allows."""


class ArgumentTypeError(InvalidArgumentError, TypeError):
    """An argument of a type that a call does not take."""


class NotFoundError(Error, KeyError, FileNotFoundError):
    """A file, a question, a parameter or a node that does not exist."""

    __str__ = Error.__str__


class InputOutputError(Error, OSError):
    """The operating system refused a read or a write."""

    __str__ = Error.__str__


class TextEncodingError(Error, ValueError):
    """Bytes that are not text in the stated encoding."""


class FormatError(Error, ValueError):
    """JSON, CSV or schema data that breaks its format."""


class LimitError(Error, RuntimeError):
    """Size, depth, rows, memory or time past the stated bound."""


class SchemaError(Error, ValueError):
    """A claim the schema does not allow."""


class ConflictError(Error, RuntimeError):
    """A change that does not fit the graph as it stands."""


class InterruptedError(Error, RuntimeError):  # noqa: A001
    """Stopped before it was done."""


class BusyError(Error, TimeoutError):
    """Another writer holds the graph."""

    __str__ = Error.__str__


class ClosedError(Error, ValueError):
    """Use of a handle after it was closed."""


class FeatureNotBuiltError(Error, NotImplementedError):
    """An optional library was absent when this was built."""


class QueryError(Error, ValueError):
    """A query that cannot be read, bound or run.

    Attributes
    ----------
    type, phase, detail : str
        openCypher's classification: ``"SyntaxError"``, ``"compile time"``, ``"UndefinedVariable"``.
    """

    type: str = ""
    phase: str = ""
    detail: str = ""


class QuerySyntaxError(QueryError):
    """Text that is not Cypher."""


class BindError(QueryError):
    """Cypher that names what is not there, or mistypes it."""


class RunError(QueryError):
    """A query that failed while running."""


class QuerySchemaError(SchemaError, QueryError):
    """A query that writes what the schema does not allow."""


class QueryConflictError(ConflictError, QueryError):
    """A query that writes what does not fit the graph as it stands: a value that is unique and taken."""


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
