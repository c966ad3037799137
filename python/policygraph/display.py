"""What a notebook shows. All text is escaped: it comes from documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from . import view

if TYPE_CHECKING:
    from . import _core
    from .answer import Answer
    from .audit import Audit
    from .results import Results, Row
    from .review import Review
    from .why import Why

MAX_ROWS = 50
MAX_QUOTES = 12
MAX_CELL = 300

STYLE = (
    "<style>.policygraph{border-collapse:collapse;text-align:left}.policygraph caption{text-align:left;opacity:.7}"
    ".policygraph th,.policygraph td{text-align:left;vertical-align:top;padding:.25em .6em;"
    "border-bottom:1px solid rgba(128,128,128,.35)}.policygraph summary{cursor:pointer}"
    ".policygraph li{margin:.3em 0;max-width:46em}.policygraph cite{opacity:.75;font-style:normal;font-size:.9em}</style>"
)


def text(value: Any) -> str:
    """A value as a cell shows it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(text(item) for item in value)
    caption = getattr(value, "caption", None)
    return str(value if caption is None else caption)


def shown(value: Any) -> str:
    """The same, escaped, and not endless."""
    whole = text(value)
    cut = whole if len(whole) <= MAX_CELL else whole[: MAX_CELL - 1] + "…"
    return f"<bdi>{escape(cut)}</bdi>"


def citation_html(citation: _core.Citation) -> str:
    """A quote with its document, date and line; the address is a link only where it is http."""
    return f"<li>“<bdi>{escape(citation.quote)}</bdi>”<br><cite>{place_html(citation)}</cite></li>"


def place_html(citation: _core.Citation) -> str:
    """Title, date, and page or line."""
    title = escape(citation.title or citation.uri)
    if citation.uri.startswith(("http://", "https://")):
        title = f'<a href="{escape(citation.uri)}" rel="noreferrer noopener">{title}</a>'
    place = f", {escape(citation.published)}" if citation.published else ""
    if citation.page:
        return f"{title}{place}, page {citation.page}"
    return title + place + (f", line {citation.line}" if citation.line else "")


def quotation_html(one: _core.Quotation) -> str:
    """A passage marked in its sentence."""
    sentence = f"{escape(one.before)}<mark>{escape(one.citation.quote)}</mark>{escape(one.after)}"
    return f"<li><bdi>{sentence}</bdi><br><cite>{place_html(one.citation)}</cite></li>"


def why_html(why: Why) -> str:
    """Sentences with the passages marked."""
    if not len(why):
        return "<p>no evidence</p>"
    items = "".join(quotation_html(one) for one in why)
    left = f"<p>and {why.left_out} more</p>" if why.left_out else ""
    return f'{STYLE}<ol class="policygraph">{items}</ol>{left}'


def sources_html(row: Row) -> str:
    """The row's citations, folded away until they are asked for."""
    return quotes_html(row.evidence, row.evidence_left_out)


def quotes_html(evidence: Sequence[_core.Citation], left_out: int) -> str:
    """Citations, each once, folded away."""
    citations = list(dict.fromkeys(evidence))
    if not citations:
        return ""
    items = "".join(citation_html(citation) for citation in citations[:MAX_QUOTES])
    left = len(citations) - MAX_QUOTES + left_out
    if len(citations) > MAX_QUOTES or left_out:
        items += f"<li>and {max(left, left_out)} more</li>"
    count = len(citations)
    return f"<details><summary>{count} {'source' if count == 1 else 'sources'}</summary><ul>{items}</ul></details>"


def row_html(row: Row) -> str:
    """One row of the table."""
    cells = "".join(f"<td>{shown(value)}</td>" for value in row)
    return f"<tr>{cells}<td>{sources_html(row)}</td></tr>"


def rows_html(columns: Sequence[str], rows: Iterable[Row], caption: str) -> str:
    """Rows below the names of their columns."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in [*columns, "sources"])
    body = "".join(row_html(row) for row in rows)
    return (
        f'{STYLE}<table class="policygraph"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def results_html(results: Results) -> str:
    """A table whose rows open their citations."""
    count = len(results)
    caption = f"{count} {'row' if count == 1 else 'rows'}"
    if count > MAX_ROWS:
        caption += f", the first {MAX_ROWS} shown"
    shown_rows = results[:MAX_ROWS]
    return rows_html(results.columns, shown_rows, caption) + region_html(shown_rows.to_region())


def region_html(region: _core.Region) -> str:
    """A picture of what is joined; nothing where there is no edge."""
    if not region.edges:
        return ""
    return f"<p>{view.image(region.to_svg(title='Picture'), 'Picture')}</p>"


def answer_html(answer: Answer) -> str:
    """The question above its rows; where there is no evidence, the candidates."""
    title = f"<p><strong>{escape(answer.question.title)}</strong></p>"
    if answer.candidates is None:
        return title + results_html(answer.rows)
    note = "<p>No evidence: nothing read states an answer. What comes near, and why it does not suffice:</p>"
    return title + note + results_html(answer.candidates)


def audit_html(audit: Audit) -> str:
    """Findings, each with its quotes folded away."""
    count = len(audit)
    caption = f"{count} {'finding' if count == 1 else 'findings'}"
    if count > MAX_ROWS:
        caption += f"; the first {MAX_ROWS} shown"
    head = "".join(f'<th scope="col">{name}</th>' for name in ("code", "what", "about", "sources"))
    body = "".join(
        f'<tr><th scope="row">{escape(one.code)}</th><td>{shown(one.explanation)}</td><td>{shown(list(one.names))}</td>'
        f"<td>{quotes_html(one.evidence, 0)}</td></tr>"
        for _, one in zip(range(MAX_ROWS), audit)
    )
    return (
        f'{STYLE}<table class="policygraph"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def review_html(review: Review) -> str:
    """Proposals by number, for accept and reject."""
    count = len(review)
    caption = f"{count} {'proposal' if count == 1 else 'proposals'}; review.accept(number), review.reject(number)"
    if count > MAX_ROWS:
        caption += f"; the first {MAX_ROWS} shown"
    head = "".join(f'<th scope="col">{name}</th>' for name in ("", "type", "this", "that", "score", "why"))
    body = "".join(
        f"<tr><th scope=\"row\">{number}</th>"
        + "".join(f"<td>{shown(value)}</td>" for value in (one.label, one.a_name, one.b_name, f"{one.score:.2f}", one.reason))
        + "</tr>"
        for number, one in zip(range(MAX_ROWS), review)
    )
    return (
        f'{STYLE}<table class="policygraph"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
