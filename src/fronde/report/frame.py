"""The frame of a section: anchor, title, one sentence on how to read it, content."""

from dataclasses import dataclass

from fronde.report.html import Html, el


@dataclass(frozen=True)
class Section:
    """A section of the report and its entry in the table of contents."""

    anchor: str
    title: str
    short: str
    content: Html


def section(anchor: str, title: str, short: str, lead: object, *content: object) -> Section:
    """A titled section; `lead` says in a sentence what is shown and how to read it."""
    note = el("p", lead, class_="lead") if lead else ""
    body = el(
        "section", el("h2", title, id=f"{anchor}-title"), note, *content, id=anchor, aria_labelledby=f"{anchor}-title"
    )
    return Section(anchor, title, short, body)


def key_figures(pairs: list[tuple[object, object]]) -> Html:
    """A row of large numbers with what they count."""
    cells = (el("div", el("dd", value), el("dt", label)) for value, label in pairs)
    return el("dl", *cells, class_="figures")


def key(*entries: tuple[str, str]) -> Html:
    """A legend: (kind of mark, words)."""
    return el("p", *(el("span", el("i", class_=f"mark {kind}"), words) for kind, words in entries), class_="key")
