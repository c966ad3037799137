"""The acts that a text names."""

from __future__ import annotations

from . import _core
from .arguments import text as _text
from .recognizer import Mention


def find_acts(text: str, *, language: str = "") -> list[Mention]:
    """The acts that a text cites, in order, with what the words say of them; nothing is stored.

    Forty megabytes of text a second. What a whole document says of its acts (which amends which, what they fund) is read by
    `Graph.ingest`.

    Parameters
    ----------
    text : str
        A text in English, Russian, Uzbek, Kazakh or Korean.
    language : str
        ``"en"``, ``"ru"``, ``"uz-Latn"`` ...; left out, it is guessed.

    Returns
    -------
    list of Mention
        Each from ``start`` to ``end`` of the text. Its properties are those of the label: ``jurisdiction``, ``number``, ``date``, ``title`` ...

    Examples
    --------
    >>> import policygraph as pg
    >>> text = "Presidential Decree No. PF-6079 of October 5, 2020 was amended twice."
    >>> (act,) = pg.find_acts(text, language="en")
    >>> text[act.start : act.end]
    'Presidential Decree No. PF-6079 of October 5, 2020'
    >>> act.label, act.properties["number"], act.properties["date"]
    ('Decree', 'PF-6079', PartialDate('2020-10-05'))
    """
    found = _core.find_acts(_text("text", text), _text("language", language))
    return [
        Mention(start, end, label, properties, confidence=round(confidence, 6))
        for start, end, label, properties, confidence in found
    ]
