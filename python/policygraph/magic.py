"""Cypher in notebook cells: ``%load_ext policygraph``, then ``%%cypher``."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Mapping
from typing import Any

from .errors import Error, InvalidArgumentError
from .graph import Graph
from .results import Results
from .snapshot import Snapshot

USAGE = """%%cypher [-g GRAPH] [-o NAME] [--as FORM] [--no-evidence]
  the cell is Cypher; $name is the notebook's variable of that name
  -g GRAPH   the variable that holds the graph; needed where there are several and none is called graph
  -o NAME    keep the answer in that variable, and show nothing
  --as FORM  results (the default), table, polars, pandas, arrow, networkx, graph (a picture) or citations"""

FORMS: dict[str, Callable[[Results], Any]] = {
    "results": lambda results: results,
    "table": lambda results: results.table(),
    "polars": lambda results: results.to_polars(),
    "pandas": lambda results: results.to_pandas(),
    "arrow": lambda results: results.to_arrow(),
    "networkx": lambda results: results.to_networkx(),
    "graph": lambda results: results.to_region(),
    "citations": lambda results: _Text(results.cite()),
}

# What $ means nothing in: texts, quoted names, comments.
_PARAMETER = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|//[^\n]*|/\*.*?\*/|\$(?:`((?:[^`]|``)*)`|(\w+))|`(?:[^`]|``)*`", re.DOTALL)


class _Text(str):
    """Text that a notebook shows as it is."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


class Options:
    """What stands behind ``%%cypher``.

    Examples
    --------
    >>> options = Options("-g acts -o found --as pandas")
    >>> options.graph, options.output, options.form, options.evidence
    ('acts', 'found', 'pandas', True)
    """

    def __init__(self, line: str) -> None:
        self.graph = ""
        self.output = ""
        self.form = "results"
        self.evidence = True
        words = iter(shlex.split(line))
        for word in words:
            if word == "--no-evidence":
                self.evidence = False
            elif word in ("-g", "-o", "--as"):
                name = {"-g": "graph", "-o": "output", "--as": "form"}[word]
                setattr(self, name, next(words, ""))
                if not getattr(self, name):
                    raise InvalidArgumentError(f"{word} needs a word behind it\n{USAGE}")
            else:
                raise InvalidArgumentError(f"unknown option '{word}'\n{USAGE}")
        if self.form not in FORMS:
            raise InvalidArgumentError(f"unknown form '{self.form}'; there are {', '.join(FORMS)}")
        if self.output and not self.output.isidentifier():
            raise InvalidArgumentError(f"'{self.output}' is no name of a variable")


def parameters_of(text: str, variables: Mapping[str, Any]) -> dict[str, Any]:
    """The variables that a query names; of one that is not there the query itself complains.

    Examples
    --------
    >>> parameters_of("MATCH (n) WHERE n.a = $a AND n.b <> '$b' RETURN $`c d`", {"a": 1, "b": 2, "c d": 3})
    {'a': 1, 'c d': 3}
    """
    names = [quoted.replace("``", "`") or plain for quoted, plain in _PARAMETER.findall(text)]
    return {name: variables[name] for name in names if name and name in variables}


def graph_of(name: str, variables: Mapping[str, Any]) -> Graph | Snapshot:
    """The graph that a cell asks: the one named, else the one there is, else the one called ``graph``."""
    if name:
        found = variables.get(name)
        if isinstance(found, (Graph, Snapshot)):
            return found
        raise InvalidArgumentError(f"'{name}' is no graph" if name in variables else f"no variable '{name}'")
    graphs = {key: value for key, value in variables.items() if isinstance(value, (Graph, Snapshot)) and not key.startswith("_")}
    if "graph" in graphs:
        return graphs["graph"]
    if len({id(one) for one in graphs.values()}) == 1:
        return next(iter(graphs.values()))
    if not graphs:
        raise InvalidArgumentError("no graph here; open one first: graph = policygraph.open_in_memory()")
    raise InvalidArgumentError(f"several graphs: {', '.join(sorted(graphs))}; say which one with -g")


def run(line: str, text: str, variables: Mapping[str, Any]) -> tuple[Options, Any]:
    """What a cell answers."""
    options = Options(line)
    graph = graph_of(options.graph, variables)
    results: Results = graph.query(text, parameters_of(text, variables), evidence=options.evidence)
    return options, FORMS[options.form](results)


def names_of(graph: Graph | Snapshot) -> tuple[set[str], set[str], set[str]]:
    """Labels, types and properties that may stand in a query."""
    snapshot = graph.snapshot() if isinstance(graph, Graph) else graph
    labels, types, properties = (set(names) for names in snapshot._core.names())
    if isinstance(graph, Graph) and graph.schema != "open":
        schema = json.loads(graph.describe_schema("json"))
        for element in (*schema["labels"], *schema["relations"]):
            properties.update(one["name"] for one in element.get("properties", ()))
        labels.update(one["label"] for one in schema["labels"])
        types.update(one["relation"] for one in schema["relations"])
    return labels, types, properties


def completions(before: str, variables: Mapping[str, Any]) -> list[str]:
    """What the last word before the cursor may become: labels and types behind a colon, properties behind a dot, variables behind $."""
    head, _, body = before.partition("\n")
    found = re.search(r"([:|.$])\s*(\w*)$", body)
    if not head.startswith("%%cypher") or found is None:
        return []
    mark, start = found.groups()
    try:
        labels, types, properties = names_of(graph_of(Options(head.removeprefix("%%cypher")).graph, variables))
    except (Error, ValueError):
        return []
    inside = body[: found.start()]
    in_edge = inside.rfind("[") > max(inside.rfind("]"), inside.rfind("("))
    known = {".": properties, "$": {name for name in variables if not name.startswith("_")}}.get(mark, types if in_edge else labels)
    return sorted(name for name in known if name.startswith(start))


def _completer(shell: Any) -> Any:
    from IPython.core.completer import SimpleCompletion, context_matcher

    def complete(context: Any) -> dict[str, Any]:
        lines = context.full_text.split("\n")
        before = "\n".join([*lines[: context.cursor_line], context.line_with_cursor[: context.cursor_position]])
        token = context.token
        keep = token[: len(token) - len(re.search(r"\w*$", token)[0])]  # type: ignore[index]
        words = completions(before, shell.user_ns)
        return {"completions": [SimpleCompletion(text=keep + word, type="cypher") for word in words], "suppress": bool(words)}

    return context_matcher()(complete)


def load_ipython_extension(shell: Any) -> None:
    """Registers ``%%cypher`` and its completion."""
    from IPython.core.error import UsageError

    def cypher(line: str, cell: str) -> Any:
        try:
            options, shown = run(line, cell, shell.user_ns)
        except (Error, ValueError) as error:
            raise UsageError(str(error)) from None  # which is shown without a traceback
        if not options.output:
            return shown
        shell.user_ns[options.output] = shown
        return None

    cypher.__doc__ = USAGE
    shell.register_magic_function(cypher, magic_kind="cell", magic_name="cypher")
    matchers = getattr(shell.Completer, "custom_matchers", None)
    if matchers is not None and not any(getattr(one, "of_policygraph", False) for one in matchers):
        matcher = _completer(shell)
        matcher.of_policygraph = True
        matchers.append(matcher)
