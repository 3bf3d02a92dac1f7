"""HTML by construction: whatever is not already markup is escaped, so no text of a case can become markup.

`el("td", text)` escapes `text`; only the results of `el`, `join` and `raw` count as markup.
"""

from collections.abc import Iterable
from html import escape

VOID = frozenset({"br", "hr", "input", "link", "meta", "line", "rect", "path", "circle", "polyline"})
EMBEDDING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # can make text read as what it is not
UNSHOWN = "\u200e\u200f\u061c\ufeff"  # direction hints without a glyph; each cell finds its own direction
_SIGNS: dict[int, str | None] = {ord(sign): "\ufffd" for sign in EMBEDDING}
_SIGNS |= {ord(sign): None for sign in UNSHOWN}
_SIGNS |= {code: "\ufffd" for code in (*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0))}
_SIGNS |= {code: "\ufffd" for code in range(0xD800, 0xE000)}  # lone surrogates cannot be written as UTF-8


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


def clean(value: object) -> str:
    """Text of a case made safe to show: control signs, surrogates and direction overrides become a visible mark."""
    return str(value).translate(_SIGNS)


def text(value: object) -> Html:
    """`value` as markup: unchanged if it is markup, else cleaned and escaped; None is nothing."""
    if isinstance(value, Html):
        return value
    return Html("" if value is None else escape(clean(value), quote=True))


def raw(markup: str) -> Html:
    """Markup written by this package; never for text of a case."""
    return Html(markup)


def join(parts: Iterable[object], between: str = "") -> Html:
    """Several pieces one after another, each escaped unless it is markup."""
    return Html(between.join(text(part) for part in parts))


def el(tag: str, *children: object, **attributes: object) -> Html:
    """One element. `class_` and `for_` drop their underscore, other underscores become hyphens.

    An attribute of None or False is left out, one of True stands alone.
    """
    opened = tag + "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in VOID:
        return Html(f"<{opened}>" if tag in ("br", "hr", "input", "link", "meta") else f"<{opened}/>")
    return Html(f"<{opened}>{join(children)}</{tag}>")


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(clean(value), quote=True)}"'
