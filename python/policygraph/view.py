"""Pictures: a graph to look at, the dates of a thing, the flow of money. No request to any host; all text is escaped."""

from __future__ import annotations

import base64
import os
import re
from html import escape, unescape
from typing import Any

from . import _core, arguments

TITLE = "Policy graph"
MAX_NODES = 300
HEIGHT = 640

# A notebook's theme is not the browser's. An image takes its light or dark from the element it stands in. A frame does not, and can read
# nothing of the notebook: the style sheet tells it by its height, which its script knows (src/picture/page/page.js).
_DARK = ":is([data-jp-theme-light=false],[data-vscode-theme-kind=vscode-dark],[data-theme=dark],.dark,html[theme=dark])"
_LIGHT = ":is([data-jp-theme-light=true],[data-vscode-theme-kind=vscode-light],[data-theme=light],.light)"
THEME = (
    "<style>"
    f"{_DARK} .policygraph-picture{{color-scheme:dark}}{_LIGHT} .policygraph-picture{{color-scheme:light}}"
    f"{_DARK} .policygraph-view{{height:calc(var(--policygraph-height) + 6px)!important}}"
    f"{_LIGHT} .policygraph-view{{height:calc(var(--policygraph-height) + 12px)!important}}"
    "</style>"
)


class Picture:
    """An SVG picture: the last line of a cell shows it, `save` writes it.

    Made by `Graph.timeline` and `Graph.money_flow`.

    Attributes
    ----------
    svg : str
        The picture itself.

    Examples
    --------
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory()
    >>> picture = graph.money_flow()
    >>> picture
    <Picture: Flow of money>
    >>> picture.svg.startswith("<svg")
    True
    """

    __slots__ = ("svg",)

    def __init__(self, svg: str) -> None:
        self.svg = svg

    @property
    def title(self) -> str:
        """What it is of."""
        found = re.search(r"<title[^>]*>(.*?)</title>", self.svg)
        return unescape(found[1]) if found else ""

    def save(self, path: arguments.Path) -> None:
        """Write the SVG, whole or not at all."""
        _write(path, self.svg)

    def _repr_html_(self) -> str:
        return image(self.svg, self.title)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self._repr_html_(), "image/svg+xml": self.svg, "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"<Picture: {self.title}>"


class View:
    """A graph to look at: zoom, search, leave out by type and year, click an edge to read its quotes.

    The last line of a cell shows it, in a frame that knows nothing of the notebook; `save` writes it as a page of its own. Made by
    `Graph.view`, `Snapshot.view`, `Results.view`, `Answer.view`, `Region.view` and `Path.view`.

    Attributes
    ----------
    title : str
        Stands above it.

    Examples
    --------
    >>> import policygraph as pg
    >>> graph = pg.open_in_memory("open")
    >>> _ = graph.query("CREATE (:City {name: 'Nukus'})-[:ON]->(:River {name: 'Amu'})")
    >>> view = graph.view(title="Cities")
    >>> view
    <View 'Cities' of 2 nodes>
    >>> "Nukus" in view.html
    True
    """

    __slots__ = ("_height", "_html", "_is_part", "_max_nodes", "_snapshot", "_svg", "title")

    def __init__(self, snapshot: _core.Snapshot, title: str, max_nodes: int, height: int, is_part: bool) -> None:
        self.title = arguments.text("title", title)
        self._max_nodes = arguments.whole("max_nodes", max_nodes)
        self._height = arguments.whole("height", height)
        self._snapshot = snapshot
        self._is_part = is_part  # of a graph: then what no edge meets is drawn too
        self._html: str | None = None
        self._svg: str | None = None

    @property
    def html(self) -> str:
        """The page: the picture, what is drawn as tables with their quotes, and the script that joins them."""
        if self._html is None:
            self._html = _core.page(self._snapshot, self.title, self._max_nodes, self._is_part)
        return self._html

    @property
    def svg(self) -> str:
        """The picture alone, without a script."""
        if self._svg is None:
            self._svg = _core.to_svg(self._snapshot, self.title, self._max_nodes, self._is_part)
        return self._svg

    def save(self, path: arguments.Path) -> None:
        """Write it, whole or not at all: to a name that ends in ``.svg`` the picture alone, else the page."""
        _write(path, self.svg if os.fspath(path).endswith(".svg") else self.html)

    def _repr_html_(self) -> str:
        # A notebook that is not trusted leaves the frame out; what lies below it stays.
        page = self.html.replace('<html lang="en">', f'<html lang="en" data-height="{self._height}">', 1)
        # In single quotes, which the page has few of, it is half as large as in double ones.
        inside = page.replace("&", "&amp;").replace("'", "&#39;")
        frame = (
            f'<iframe class="policygraph-view" title="{escape(self.title)}" '
            'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" '
            f'style="--policygraph-height:{self._height}px;width:100%;height:{self._height}px;border:0" '
            f"srcdoc='{inside}'></iframe>"
        )
        return f"{frame}<details><summary>a picture without a script</summary>{image(self.svg, self.title)}</details>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self._repr_html_(), "image/svg+xml": self.svg, "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"<View {self.title!r} of {self._snapshot.node_count} nodes>"


def image(svg: str, title: str) -> str:
    """The picture as an element that runs nothing and shares no names with the notebook; what it says is read out in its place."""
    said = re.search(r"<desc[^>]*>(.*?)</desc>", svg, re.DOTALL)
    about = title + (": " + unescape(said[1]) if said else "")
    data = base64.b64encode(svg.encode()).decode()
    return (
        f'{THEME}<img class="policygraph-picture" alt="{escape(about[:2000])}" style="max-width:100%;height:auto" '
        f'src="data:image/svg+xml;base64,{data}">'
    )


class Drawn:
    """The part of `Graph`, `Snapshot`, `Results` and `Answer` that draws."""

    __slots__ = ()

    def _drawn(self) -> _core.Snapshot:
        """What is drawn."""
        raise NotImplementedError

    def _is_part(self) -> bool:
        """Whether that is a part of a graph."""
        return True

    def view(self, *, title: str = TITLE, max_nodes: int = MAX_NODES, height: int = HEIGHT) -> View:
        """A graph to look at, in a notebook or as a page of its own; see `View`.

        Parameters
        ----------
        title : str
            Stands above it.
        max_nodes : int
            How many are drawn: those with most edges.
        height : int
            Of the frame in a notebook, in pixels.
        """
        return View(self._drawn(), title, max_nodes, height, self._is_part())


class Charted(Drawn):
    """The part of `Graph` and `Snapshot` that draws dates and money."""

    __slots__ = ()

    def _is_part(self) -> bool:
        return False

    def timeline(self, of: _core.Node | str, *, title: str = "", hops: int = 1, max_lines: int = 60) -> Picture:
        """What is dated about a thing and what lies around it, the earliest first.

        Parameters
        ----------
        of : Node or str
            The thing, or words of its name. `NotFoundError` when there is none, `InvalidArgumentError` naming some when there are several.
        title : str
            Without one: "Timeline of" and its name.
        hops : int
            How far what is shown may lie from it.
        max_lines : int
            The earliest; how many were left out is said below.

        Examples
        --------
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory("open")
        >>> _ = graph.query("CREATE (:Bridge {name: 'Ferghana Bridge', opened: date('2024-05-01')})")
        >>> graph.timeline("ferghana")
        <Picture: Timeline of Ferghana Bridge>
        """
        named = of if isinstance(of, _core.Node) else arguments.text("of", of)
        bounds = arguments.whole("hops", hops, most=100), arguments.whole("max_lines", max_lines)
        return Picture(_core.draw_timeline(self._drawn(), named, arguments.text("title", title), *bounds))

    def money_flow(self, of: _core.Node | str | None = None, *, title: str = "", max_sums: int = 60) -> Picture:
        """Who gives which sum for what: a block a currency, amounts exact, nothing added up.

        Parameters
        ----------
        of : Node, str or None
            What the money is for, or words of its name; every sum without it.
        title : str
            Without one: "Flow of money" and the name.
        max_sums : int
            The largest of each currency; how many were left out is said below.

        Examples
        --------
        >>> import decimal
        >>> import policygraph as pg
        >>> graph = pg.open_in_memory()
        >>> _ = graph.query('''CREATE (:Organization {name: 'World Bank', kind: 'multilateral'})-[:PROVIDES]->
        ...     (:Funding {kind: 'loan', amount: $amount, currency: 'USD'})-[:FUNDS]->(:Programme {name: 'Water', kind: 'programme'})''',
        ...     amount=decimal.Decimal("5000000.5"))
        >>> "5\\u202f000\\u202f000.5 USD" in graph.money_flow("water").svg
        True
        """
        named = of if of is None or isinstance(of, _core.Node) else arguments.text("of", of)
        return Picture(_core.draw_money_flow(self._drawn(), named, arguments.text("title", title), arguments.whole("max_sums", max_sums)))


def region_view(self: _core.Region, *, title: str = TITLE, max_nodes: int = MAX_NODES, height: int = HEIGHT) -> View:
    """The region to look at; see `View`."""
    return View(_core.part(self), title, max_nodes, height, True)


def region_svg(self: _core.Region, *, title: str = TITLE, max_nodes: int = MAX_NODES) -> str:
    """Its picture as SVG."""
    return _region_svg(self, title=arguments.text("title", title), max_nodes=arguments.whole("max_nodes", max_nodes))


def region_html(self: _core.Region) -> str:
    return f"<p>{image(region_svg(self, title='Picture'), 'Picture')}</p>"


_region_svg = _core.Region.to_svg


def path_view(self: _core.Path, *, title: str = TITLE, max_nodes: int = MAX_NODES, height: int = HEIGHT) -> View:
    """The path to look at; see `View`."""
    return View(_core.part(_core.path_region(self)), title, max_nodes, height, True)


def path_svg(self: _core.Path, *, title: str = TITLE, max_nodes: int = MAX_NODES) -> str:
    """Its picture as SVG."""
    return _core.path_region(self).to_svg(title=title, max_nodes=max_nodes)


def _write(path: arguments.Path, text: str) -> None:
    _core.write_text(arguments.path("path", path), text)
