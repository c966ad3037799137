"""Recognisers of one's own: a rule or a model in Python that proposes what it found in a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from . import _core


class Mention:
    """A place in a document that names a thing of the schema.

    Parameters
    ----------
    start, end : int
        Code points of the document's text, `end` exclusive, as Python's slices count them.
    label : str
        A label of the schema, such as ``"Programme"``.
    properties : mapping, optional
        What these words state of it.
    confidence : float
        0 to 1.
    modality : str
        ``"planned"``, ``"approved"``, ``"completed"`` ...; ``"unknown"`` where the words do not say.

    Examples
    --------
    >>> import policygraph as pg
    >>> pg.Mention(0, 5, "Programme", {"name": "Trams", "kind": "project"})
    Mention(0, 5, 'Programme', {'name': 'Trams', 'kind': 'project'})
    """

    __slots__ = ("_number", "confidence", "end", "label", "modality", "properties", "start")

    def __init__(
        self,
        start: int,
        end: int,
        label: str,
        properties: Mapping[str, Any] | None = None,
        *,
        confidence: float = 1.0,
        modality: str = "unknown",
    ) -> None:
        self.start = start
        self.end = end
        self.label = label
        self.properties: dict[str, Any] = dict(properties or {})
        self.confidence = confidence
        self.modality = modality
        self._number: int | None = None

    def __repr__(self) -> str:
        return f"Mention({self.start}, {self.end}, {self.label!r}, {self.properties!r})"


class Relation:
    """A relation between two mentions, resting on words.

    Parameters
    ----------
    type : str
        A relation of the schema, such as ``"FUNDS"``.
    source, target : Mention
        Proposed before, or one of `DocumentText.mentions`.
    start, end : int
        The words that state it.
    properties : mapping, optional
        What these words state of it.
    confidence : float
        0 to 1.
    modality : str
        As of a `Mention`.

    Examples
    --------
    >>> import policygraph as pg
    >>> who = pg.Mention(0, 4, "Organization", {"name": "City", "kind": "government"})
    >>> what = pg.Mention(11, 16, "Programme", {"name": "Trams", "kind": "project"})
    >>> pg.Relation("PARTNER_IN", who, what, 0, 16).type
    'PARTNER_IN'
    """

    __slots__ = ("confidence", "end", "modality", "properties", "source", "start", "target", "type")

    def __init__(
        self,
        type: str,
        source: Mention,
        target: Mention,
        start: int,
        end: int,
        properties: Mapping[str, Any] | None = None,
        *,
        confidence: float = 1.0,
        modality: str = "unknown",
    ) -> None:
        self.type = type
        self.source = source
        self.target = target
        self.start = start
        self.end = end
        self.properties: dict[str, Any] = dict(properties or {})
        self.confidence = confidence
        self.modality = modality

    def __repr__(self) -> str:
        return f"Relation({self.type!r}, {self.source!r}, {self.target!r}, {self.start}, {self.end})"


class DocumentText:
    """A document as a recogniser sees it.

    Attributes
    ----------
    text : str
        The whole text, normalised.
    title, uri, language : str
        What is known of the document.
    sentences : list of (int, int)
        Code points of each sentence.
    mentions : list of Mention
        What recognisers before this one found.

    Examples
    --------
    >>> import policygraph as pg
    >>> pg.DocumentText("Trams run.").text
    'Trams run.'
    """

    __slots__ = ("language", "mentions", "sentences", "text", "title", "uri")

    def __init__(
        self,
        text: str,
        *,
        title: str = "",
        uri: str = "",
        language: str = "",
        sentences: Iterable[tuple[int, int]] = (),
        mentions: Iterable[Mention] = (),
    ) -> None:
        self.text = text
        self.title = title
        self.uri = uri
        self.language = language
        self.sentences = list(sentences)
        self.mentions = list(mentions)


class Recognizer:
    """The base of recognisers written in Python.

    Set `name` (with a version; it becomes the evidence's extractor) and override `recognise`. Proposals pass the same validation as the
    library's own: what the schema or the text does not bear is left out with a diagnostic. What `recognise` raises is a diagnostic of
    that document. It may be called from several threads, one at a time, and must give the same proposals for the same text.

    Examples
    --------
    >>> import policygraph as pg
    >>> class TramLines(pg.Recognizer):
    ...     name = "tram-lines/1"
    ...     def recognise(self, document):
    ...         start = document.text.find("Tram line 4")
    ...         if start >= 0:
    ...             yield pg.Mention(start, start + 11, "Programme", {"name": "Tram line 4", "kind": "project"})
    >>> [mention.label for mention in TramLines().recognise(pg.DocumentText("Tram line 4 opens."))]
    ['Programme']
    """

    name: str = ""

    def recognise(self, document: DocumentText) -> Iterable[Mention | Relation]:
        """Proposals for one document."""
        raise NotImplementedError


def _view(view: _core.DocumentView) -> DocumentText:
    """The document as Python's own objects, which may outlive the call; called by the extension."""
    mentions = []
    for number, start, end, label, properties in view.found:
        mention = Mention(start, end, label, properties)
        mention._number = number
        mentions.append(mention)
    return DocumentText(
        view.text, title=view.title, uri=view.uri, language=view.language, sentences=view.sentences, mentions=mentions
    )
