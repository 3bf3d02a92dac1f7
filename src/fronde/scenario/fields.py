"""What a case may say: attributes of actors, kinds of ties, distributions, actions, series, with units and
ranges.

One declaration each; reading, checking, drawing, the JSON Schema and the docs all use it.
"""

import math
from dataclasses import dataclass

from fronde.domain.state import ACTS, LEADER_EVENTS


@dataclass(frozen=True)
class Attribute:
    """A fixed trait of an actor. `code` numbers its draw and never changes (append only)."""

    name: str
    code: int
    unit: str
    low: float
    high: float
    text: str


ATTRIBUTES = (
    Attribute("wealth_start", 0, "USD bn", 0.0, math.inf, "fortune on the eve of the onset"),
    Attribute("foreign_share", 1, "1", 0.0, 1.0, "part of the fortune within reach of foreign sanctions"),
    Attribute("state_lever", 2, "1", 0.0, 1.0, "part of the domestic fortune the leader can cancel"),
    Attribute("rank", 3, "1", 0.0, 1.0, "seniority of public office; 0 holds none"),
    Attribute("closeness", 4, "1", 0.0, 1.0, "access to the leader; 1 sees him weekly"),
    Attribute("position", 5, "1", -1.0, 1.0, "ideal point on the disputed policy; -1 end it, 1 total"),
    Attribute("salience", 6, "1", 0.0, 1.0, "how much the disputed policy matters to the actor"),
    Attribute("roots_abroad", 7, "1", 0.0, 1.0, "family, homes, schools, passports abroad"),
    Attribute("visibility", 8, "1", 0.0, 1.0, "chance that an act is noticed by everyone"),
)
ATTRIBUTE = {attribute.name: attribute for attribute in ATTRIBUTES}
# Facts about an actor that are not drawn: faction, whether in office (0 or 1), and the office in words.
FACTS = ("group", "in_office", "office")

TIE_KINDS = ("business", "kin", "patronage", "service")  # order is the code

DISTRIBUTIONS = {  # kind -> its arguments, in the attribute's unit unless said otherwise
    "constant": ("value",),
    "uniform": ("low", "high"),
    "normal": ("mean", "sd"),
    "lognormal": ("median", "sigma"),  # sigma of the logarithm
    "logitnormal": ("median", "sd"),  # sd of the logit
}

ACTIONS = {  # kind -> the argument it needs besides `at`, if any
    "declare": None,
    "mobilise": None,
    "limit": None,
    "crackdown": None,
    "coopt": None,
    "sanctions": "level",
    "refusals": "level",
    "battlefield": "shock",
}

REGIMES = ("personalist", "party", "military", "monarchy", "other")

EVENTS = LEADER_EVENTS  # what a question may ask about the top
QUESTION_ACTS = ACTS  # what a question may count

NEVER_BELOW = {"fortune": 0.0, "market": 0.0, "designation": 0.0, "shock": 0.0}
SERIES_UNITS = {  # series the model reads: name -> legal units
    "fortune": ("USD bn",),
    "market": ("USD bn", "index", "1"),
    "battlefield": ("sd",),
    "designation": ("1", ""),
    "shock": ("1",),  # how fresh an event in public makes the shock, 0..1
}
ACTOR_SERIES = ("fortune", "designation")  # their subject is an actor
