"""The elite as a picture: people as dots by group, ties as lines by kind; the same data gives the same picture.

Groups stand around a ring, people on a sunflower spiral within their group, those with more ties further in. A place
depends on all ties of the case and not on those shown, so nobody moves when a day or a kind of tie is chosen.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from fronde.report.html import Html, el, join

SIZE = 640.0
GOLDEN = math.pi * (3.0 - math.sqrt(5.0))
DASHES = {"business": None, "service": "5 3", "kin": "1 3", "patronage": "8 3 2 3"}
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8a7a00", "#6b6b6b", "#7b4fa3")
LINE = 20.0  # px between lines of the legend
INK, GREY, CARD = "#22211e", "#655f54", "#ffffff"
Spot = tuple[float, float]


def counted(ties: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """Ties of each person."""
    return Counter(str(end) for tie in ties for end in (tie["from"], tie["to"]))


def layout(found: Mapping[str, Any], size: float = SIZE) -> tuple[dict[str, Spot], dict[str, Spot]]:
    """Places of people and centres of groups, in a square of `size`. found: {groups, people, ties} of an elite."""
    ties = counted(found["ties"])
    members = {
        group["id"]: [p["id"] for p in found["people"] if p["group"] == group["id"]] for group in found["groups"]
    }
    filled = {name: sorted(ids, key=lambda one: (-ties[one], one)) for name, ids in members.items() if ids}
    many = len(filled) > 1
    ring = size * 0.345 if many else 0.0
    room = min(size * 0.14, ring * math.sin(math.pi / len(filled)) * 0.95) if many else size * 0.4
    reach = room / math.sqrt(max((len(ids) for ids in filled.values()), default=1))
    spots, centres = {}, {}
    for place, (name, ids) in enumerate(filled.items()):
        angle = 2.0 * math.pi * place / len(filled) - math.pi / 2.0
        x, y = size / 2.0 + ring * math.cos(angle), size / 2.0 + ring * math.sin(angle)
        centres[name] = (x, y)
        for rank, one in enumerate(ids):
            far, turn = reach * math.sqrt(rank + 0.5), rank * GOLDEN
            spots[one] = (x + far * math.cos(turn), y + far * math.sin(turn))
    return spots, centres


def fig_network(found: Mapping[str, Any], day: str | None = None, legend: bool = False) -> Html:
    """The picture as one SVG that stands alone. day: show ties known by then, an ISO date; all by default.

    legend: titles of the groups below, for where the picture stands without words around it.
    """
    spots, centres = layout(found)
    ties = [tie for tie in found["ties"] if day is None or tie["known_at"] <= day]
    count = counted(ties)
    colour = {group["id"]: COLOURS[place % len(COLOURS)] for place, group in enumerate(found["groups"])}
    lines = (_line(tie, spots) for tie in ties if tie["from"] in spots and tie["to"] in spots)
    dots = (_dot(one, spots[one["id"]], count[one["id"]], colour) for one in found["people"] if one["id"] in spots)
    numbers = (
        _number(place, centres[group["id"]]) for place, group in enumerate(found["groups"]) if group["id"] in centres
    )
    titles = [_title(place, group["title"]) for place, group in enumerate(found["groups"])] if legend else []
    high = SIZE + LINE * (len(titles) + 1) if titles else SIZE
    layers = (el("g", *them) for them in (lines, dots, numbers, titles))
    return el(
        "svg", el("rect", width=SIZE, height=high, fill=CARD), *layers,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {SIZE:.0f} {high:.0f}", role="img",
        font_family="IBM Plex Sans, Noto Sans, system-ui, sans-serif",
        aria_label=f"Network of {len(found['people'])} people and {len(ties)} ties",
    )  # fmt: skip


def _line(tie: Mapping[str, Any], spots: Mapping[str, Spot]) -> Html:
    (x1, y1), (x2, y2) = spots[tie["from"]], spots[tie["to"]]
    return el(
        "line", x1=f"{x1:.1f}", y1=f"{y1:.1f}", x2=f"{x2:.1f}", y2=f"{y2:.1f}", stroke=GREY, stroke_width=0.8,
        stroke_opacity=0.45, stroke_dasharray=DASHES.get(str(tie["kind"]), "2 2"),
    )  # fmt: skip


def _dot(one: Mapping[str, Any], spot: Spot, ties: int, colour: Mapping[str, str]) -> Html:
    """A person; the name shows when the pointer rests on it."""
    name = el("title", f"{one['name']}, {ties} {'tie' if ties == 1 else 'ties'}")
    disc = el(
        "circle", cx=f"{spot[0]:.1f}", cy=f"{spot[1]:.1f}", r=f"{3.5 + min(6.0, 1.3 * math.sqrt(ties)):.1f}",
        fill=colour.get(one["group"], GREY), stroke=CARD, stroke_width=1.2,
    )  # fmt: skip
    return el("g", disc, name)


def _number(place: int, centre: Spot) -> Html:
    return el(
        "text", place + 1, x=f"{centre[0]:.1f}", y=f"{centre[1] + SIZE * 0.135:.1f}", text_anchor="middle",
        font_size=13, font_weight=600, fill=INK,
    )  # fmt: skip


def _title(place: int, title: str) -> Html:
    y = SIZE + LINE * (place + 0.5)
    dot = el("circle", cx=16, cy=f"{y - 4:.1f}", r=5, fill=COLOURS[place % len(COLOURS)])
    return join((dot, el("text", f"{place + 1}. {title}", x=28, y=f"{y:.1f}", font_size=13, fill=INK)))


def key(found: Mapping[str, Any]) -> Html:
    """Groups with number, colour and members by name: the same as a list."""
    ties = counted(found["ties"])
    return el("ol", *(_members(found, place, group, ties) for place, group in enumerate(found["groups"])))


def _members(found: Mapping[str, Any], place: int, group: Mapping[str, Any], ties: Counter[str]) -> Html:
    people = sorted((p for p in found["people"] if p["group"] == group["id"]), key=lambda p: (-ties[p["id"]], p["id"]))
    dot = el("span", "●", style=f"color:{COLOURS[place % len(COLOURS)]}", aria_hidden="true")
    title = f" {group['title']}, {group['named']} named of {group['size']}"
    names = join((f"{one['name']} ({ties[one['id']]})" for one in people), ", ")
    return el("li", el("details", el("summary", dot, title), el("p", names)))
