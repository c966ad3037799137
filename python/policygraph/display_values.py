"""What a notebook shows of single things: a node, a citation, the counts of a reading. No script; all text is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from . import _core, display, view

if TYPE_CHECKING:
    from .snapshot import Snapshot

MAX_LINES = 40
MAX_DRAWN = 300


def card(title: str, pairs: Iterable[tuple[str, Any]], citations: Sequence[_core.Citation] = (), notes: Sequence[str] = ()) -> str:
    """A title, names with their values, and what it rests on folded below."""
    all_pairs = list(pairs)
    body = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{display.shown(value)}</td></tr>' for name, value in all_pairs[:MAX_LINES])
    if len(all_pairs) > MAX_LINES:
        body += f"<tr><td>and {len(all_pairs) - MAX_LINES} more</td></tr>"
    lines = "".join(f"<li>{display.shown(note)}</li>" for note in notes[: display.MAX_QUOTES])
    if len(notes) > display.MAX_QUOTES:
        lines += f"<li>and {len(notes) - display.MAX_QUOTES} more</li>"
    below = display.quotes_html(citations, 0) + (f"<ul>{lines}</ul>" if lines else "")
    return f'{display.STYLE}<table class="policygraph"><caption><bdi>{escape(title)}</bdi></caption><tbody>{body}</tbody></table>{below}'


def node_html(node: _core.Node) -> str:
    return card(f"{node.caption} ({', '.join(node.labels)}, node {node.key})", sorted(node.properties.items()), node.evidence)


def edge_html(edge: _core.Edge) -> str:
    ends = f"{edge.source.caption} –[{edge.type}]→ {edge.target.caption} (edge {edge.key}, {edge.modality})"
    return card(ends, sorted(edge.properties.items()), edge.evidence)


def path_html(path: _core.Path) -> str:
    steps = [(edge.type, f"{edge.source.caption} → {edge.target.caption}") for edge in path.edges]
    return display.region_html(_core.path_region(path)) + card(repr(path), steps)


def graph_html(kind: str, snapshot: Snapshot) -> str:
    """Counts, and a picture where the graph is small enough to be read."""
    counts = card(kind, [("schema", snapshot.schema), *snapshot._counts()])
    if snapshot.node_count > MAX_DRAWN:
        return counts + "<p>view() draws the nodes with most edges.</p>"
    return counts + (f"<p>{view.image(snapshot.to_svg(title=kind), kind)}</p>" if snapshot.edge_count else "")


def citation_html(citation: _core.Citation) -> str:
    return f'{display.STYLE}<ul class="policygraph">{display.citation_html(citation)}</ul>'


def quotation_html(one: _core.Quotation) -> str:
    return f'{display.STYLE}<ul class="policygraph">{display.quotation_html(one)}</ul>'


def source_html(source: _core.SourceDocument) -> str:
    names = ("uri", "publisher", "published", "language", "tier", "sha256")
    return card(source.title or source.uri, [(name, getattr(source, name)) for name in names])


def question_html(question: _core.Question) -> str:
    parameters = [(one.name + ("" if one.is_required else " (may be left out)"), one.description) for one in question.parameters]
    return card(f"{question.name}: {question.title}", [*parameters, ("answer", question.sentence)])


def _counts(title: str, names: str, diagnostics: str = "") -> Callable[[Any], str]:
    """A card of these attributes, with the diagnostics below."""

    def html(result: Any) -> str:
        notes = [f"{one.document}: {one.text}" if one.document else one.text for one in getattr(result, diagnostics)] if diagnostics else []
        return card(title, [(name.replace("_", " "), getattr(result, name)) for name in names.split()], notes=notes)

    return html


_HTML: dict[type, Callable[[Any], str]] = {
    _core.Node: node_html,
    _core.Edge: edge_html,
    _core.Path: path_html,
    _core.Citation: citation_html,
    _core.Quotation: quotation_html,
    _core.SourceDocument: source_html,
    _core.Question: question_html,
    _core.IngestResult: _counts(
        "What was read", "documents unchanged replaced failed mentions assertions judgements bytes", diagnostics="diagnostics"
    ),
    _core.ReadJsonResult: _counts("What the file brought", "documents nodes edges assertions", diagnostics="diagnostics"),
    _core.CsvCounts: _counts("What the file brought", "rows is_unchanged is_replaced deleted types"),
    _core.VerifyResult: _counts(
        "What was verified",
        "is_sound documents without_text quotes unchecked nodes edges false_documents false_quotes without_evidence",
        diagnostics="diagnostics",
    ),
    _core.CheckReport: _counts(
        "What was checked", "is_sound commits documents texts evidence mentions assertions bytes", diagnostics="problems"
    ),
    _core.SalvageReport: _counts(
        "What was saved", "is_whole pages commits_kept commits_said_again commits_lost texts_lost records_lost", diagnostics="lost"
    ),
    _core.Diagnostic: _counts("Diagnostic", "severity code document text"),
    _core.WhyNot: _counts("Why the row is missing", "text is_there lost_at line column rows_before"),
}


def install() -> None:
    """Gives the classes of the extension their ``_repr_html_``; values that never change are their own copies."""
    for type_, html in _HTML.items():
        setattr(type_, "_repr_html_", html)  # noqa: B010
    setattr(_core.Region, "view", view.region_view)  # noqa: B010
    setattr(_core.Region, "to_svg", view.region_svg)  # noqa: B010
    setattr(_core.Region, "_repr_html_", view.region_html)  # noqa: B010
    setattr(_core.Path, "view", view.path_view)  # noqa: B010
    setattr(_core.Path, "to_svg", view.path_svg)  # noqa: B010
    for type_ in (*_HTML, _core.Snapshot, _core.Region, _core.PartialDate, _core.Duration, _core.Rows, _core.Columns):
        setattr(type_, "__copy__", lambda self: self)  # noqa: B010
        setattr(type_, "__deepcopy__", lambda self, memo: self)  # noqa: B010
