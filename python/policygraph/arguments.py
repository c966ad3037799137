"""What arguments may be: each function gives one back as the extension takes it, or says which is wrong and what it may be."""

from __future__ import annotations

import datetime
import operator
import os
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from . import _core
from .errors import ArgumentTypeError, InvalidArgumentError

Path = str | os.PathLike[str]
DateLike = _core.PartialDate | datetime.date | str

_LARGEST = 2**63 - 1


def _refuse(what: str, value: object, wanted: str) -> NoReturn:
    raise ArgumentTypeError(f"{what} is {_shown(value)}; it is {wanted}")


def _shown(value: object) -> str:
    return "None" if value is None else f"of the type {type(value).__name__}"


def whole(what: str, value: Any, *, least: int = 0, most: int = _LARGEST) -> int:
    """A whole number within bounds."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        _refuse(what, value, "a whole number")
    number = operator.index(value)
    if number < least:
        raise InvalidArgumentError(f"{what} is {number}; it is at least {least}")
    if number > most:
        raise InvalidArgumentError(f"{what} is past {most}, which is the most it may be")
    return number


def real(what: str, value: Any, *, least: float = 0.0) -> float:
    """A number that is at least `least`, and no NaN."""
    if isinstance(value, (bool, str)) or not (hasattr(value, "__float__") or hasattr(value, "__index__")):
        _refuse(what, value, "a number")
    number = float(value)
    if not number >= least:
        raise InvalidArgumentError(f"{what} is {number:g}; it is at least {least:g}")
    return number


def flag(what: str, value: Any) -> bool:
    """True or False, of NumPy too."""
    if isinstance(value, bool):
        return value
    if getattr(getattr(value, "dtype", None), "kind", "") != "b" or getattr(value, "ndim", 1) != 0:
        _refuse(what, value, "True or False")
    return bool(value)


def text(what: str, value: Any, *, may_be_empty: bool = True) -> str:
    """Characters, none of them half a surrogate pair."""
    if not isinstance(value, str):
        _refuse(what, value, "a text")
    if not value and not may_be_empty:
        raise InvalidArgumentError(f"{what} is empty")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidArgumentError(
            f"{what} holds half a surrogate pair, which is no character; decode it again, with errors='replace'"
        ) from None
    return value


def query(value: Any) -> str:
    """The text of a query. The extension looks at its characters, for it reads them anyway."""
    return value if type(value) is str else text("the query", value)


def texts(what: str, value: Any) -> list[str]:
    """One name, or several: none empty, each once."""
    if isinstance(value, str):
        return [text(what, value, may_be_empty=False)]
    if isinstance(value, Mapping) or not isinstance(value, Iterable):
        _refuse(what, value, "a text, or several")
    names = [text(what, one, may_be_empty=False) for one in value]
    for index, name in enumerate(names):
        if name in names[:index]:
            raise InvalidArgumentError(f"{what} names '{name}' twice")
    return names


def path(what: str, value: Any) -> str:
    """A file's or a folder's name."""
    if isinstance(value, bytes):
        value = os.fsdecode(value)
    if not isinstance(value, (str, os.PathLike)):
        _refuse(what, value, "a path: a text or an os.PathLike")
    return text(what, os.fsdecode(value))


def partial_date(what: str, value: Any) -> _core.PartialDate:
    """A date as texts state it; Python's dates are days."""
    if isinstance(value, _core.PartialDate):
        return value
    if isinstance(value, datetime.date):  # a datetime too: the day it falls on
        return _core.PartialDate(value)
    if not isinstance(value, str):
        _refuse(what, value, "a date: a PartialDate, a datetime.date or a text as '2024-05'")
    return _core.PartialDate(text(what, value))


def mapping(what: str, value: Any) -> dict[Any, Any]:
    """Values by name, where there are any."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        _refuse(what, value, "values by name, such as a dict")
    return dict(value)


def node(what: str, value: Any) -> int | _core.Node:
    """A node, or its key."""
    return value if isinstance(value, _core.Node) else _key(what, value, "a node, or its key")


def node_key(what: str, value: Any) -> int:
    """The key of a node."""
    return value.key if isinstance(value, _core.Node) else _key(what, value, "a node, or its key")


def edge_key(what: str, value: Any) -> int:
    """The key of an edge."""
    return value.key if isinstance(value, _core.Edge) else _key(what, value, "an edge, or its key")


def refuse_call(method: str, wanted: list[tuple[str, str]], required: int, given: tuple[Any, ...], named: dict[str, Any]) -> NoReturn:
    """Say what is wrong with a call that the extension refused; `wanted` says of each argument what it is."""
    names = [name for name, _ in wanted]
    if len(given) > len(names):
        raise ArgumentTypeError(f"{method} takes {len(names)} argument{'s' * (len(names) != 1)} at most; {len(given)} were given")
    values = dict(zip(names, given))
    for name, value in named.items():
        if name not in names:
            raise ArgumentTypeError(f"{method} has no argument '{name}'; it has: {', '.join(names)}")
        if name in values:
            raise ArgumentTypeError(f"{name} of {method} is given twice")
        values[name] = value
    for name, kind in wanted[:required]:
        if name not in values:
            raise ArgumentTypeError(f"{method} lacks {name}, {kind}")
    for name, kind in wanted:
        if name in values and kind != "anything":
            if not kind.startswith("a text") or not isinstance(values[name], str):
                _refuse(name, values[name], kind)
            text(name, values[name])
    raise ArgumentTypeError(f"{method} cannot be called so")


def _key(what: str, value: Any, wanted: str) -> int:
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        _refuse(what, value, wanted)
    return whole(what, value)
