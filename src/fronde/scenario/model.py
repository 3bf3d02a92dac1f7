"""The shape of case.yaml: one pydantic model per block, frozen, unknown keys refused.

What one value must look like is said here; how values must fit together is in `rules`.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from fronde.scenario.fields import ACTIONS, ATTRIBUTE, EVENTS, QUESTION_ACTS, REGIMES, TIE_KINDS

IDENTIFIER = r"^[a-z][a-z0-9_]{0,63}$"
DURATION = re.compile(r"^(\d{1,6}) *(days?|d|weeks?|w)$", re.ASCII)
HOURS = re.compile(r"^(\d{1,2}) *(hours?|h)$", re.ASCII)
TIME_OF_DAY = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)$", re.ASCII)
ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$", re.ASCII)
ISO_MOMENT = re.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$", re.ASCII)


def parse_duration(value: object) -> int:
    """`26 weeks`, `26w`, `182 days` or `182d` to days; a bare number has no unit and is refused."""
    match = DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("a duration such as `26 weeks` or `182 days`")
    days = int(match[1]) * (7 if match[2].startswith("w") else 1)
    if not 0 < days <= 36_525:
        raise ValueError("a duration between 1 day and 100 years")
    return days


def parse_step(value: object) -> int | float:
    """As a duration, or hours that divide a day (`1 hour`, `6h`), in days."""
    match = HOURS.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return parse_duration(value)
    hours = int(match[1])
    if hours < 1 or 24 % hours:
        raise ValueError("a number of hours that divides a day: 1, 2, 3, 4, 6, 8, 12 or 24")
    return 1 if hours == 24 else hours / 24


def parse_time(value: object) -> str:
    """A time of day, `18:05`, by the clocks of the place."""
    if not isinstance(value, str) or not TIME_OF_DAY.fullmatch(value):
        raise ValueError('a time of day as "HH:MM" in quotes, 00:00 to 23:59')
    return value


def day_part(time: str | None) -> float:
    """Fraction of the day that has passed at a time of day; the whole day for None."""
    if time is None:
        return 1.0
    hours, minutes = time.split(":")
    return (int(hours) * 60 + int(minutes)) / 1440


def parse_date(value: object) -> date:
    """An ISO date, year first, and nothing else."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not ISO_DATE.fullmatch(value):
        raise ValueError("a date as YYYY-MM-DD")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("a date that exists, as YYYY-MM-DD") from None


def instant(value: date | str) -> datetime:
    """The moment that a date means (its end), or that a datetime or ISO text with an hour names."""
    found = parse_moment(value) if isinstance(value, str) else value
    return found if isinstance(found, datetime) else datetime.combine(found, time()) + timedelta(days=1)


def parse_moment(value: object) -> date:
    """An ISO date, or one with an hour such as `2022-07-06T18:00` (a datetime)."""
    if not isinstance(value, str) or "T" not in value:
        return parse_date(value)
    if not ISO_MOMENT.fullmatch(value):
        raise ValueError("a date as YYYY-MM-DD, or YYYY-MM-DDTHH:MM for a case in hours")
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise ValueError("a day and an hour that exist, as YYYY-MM-DDTHH:MM") from None


def _listed(value: object) -> object:
    """One word where a list is legal is a list of one."""
    return (value,) if isinstance(value, str) else value


def _or_one(schema: dict[str, Any]) -> None:
    """Publish that one word may stand for a list of one."""
    items = {key: schema.pop(key) for key in ("type", "items") if key in schema}
    schema["anyOf"] = [items, items["items"]]


def _version(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


if TYPE_CHECKING:  # for the type checker they are plain words
    AttributeName = str
    TieKind = str
    Regime = str
    EventName = str
    ActName = str
    TimedKind = str
    LevelledKind = str
else:
    AttributeName = Literal[tuple(ATTRIBUTE)]
    TieKind = Literal[TIE_KINDS]
    Regime = Literal[REGIMES]
    EventName = Literal[EVENTS]
    ActName = Literal[QUESTION_ACTS]
    TimedKind = Literal[tuple(kind for kind, needs in ACTIONS.items() if needs is None)]
    LevelledKind = Literal[tuple(kind for kind, needs in ACTIONS.items() if needs == "level")]

_DURATION_SCHEMA = {"type": "string", "pattern": r"^\d{1,6} *(days?|d|weeks?|w)$", "x-unit": "day"}
Day = Annotated[date, BeforeValidator(parse_date), WithJsonSchema({"type": "string", "format": "date"})]
Days = Annotated[int, BeforeValidator(parse_duration), WithJsonSchema(_DURATION_SCHEMA)]
_STEP_SCHEMA = {"type": "string", "pattern": r"^\d{1,6} *(days?|d|weeks?|w|hours?|h)$", "x-unit": "day"}
Step = Annotated[int | float, BeforeValidator(parse_step), WithJsonSchema(_STEP_SCHEMA)]
_TIME_SCHEMA = {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"}
TimeOfDay = Annotated[str, BeforeValidator(parse_time), WithJsonSchema(_TIME_SCHEMA)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]
Note = Annotated[str, Field(max_length=4000)]
Name = Annotated[str, Field(pattern=IDENTIFIER, max_length=64)]
Share = Annotated[float, Field(ge=0.0, le=1.0, json_schema_extra={"x-unit": "1"})]
Positive = Annotated[float, Field(gt=0.0)]


class Block(BaseModel):
    """Base of every block: unknown keys refused, no conversion between types, frozen, finite numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Sourced(Block):
    """A block that says where its numbers come from."""

    source: Text = Field(description="reference, or `assumption`")
    note: Note = Field("", description="why, in plain words")


class Constant(Sourced):
    """Everyone the same."""

    dist: Literal["constant"]
    value: float


class Uniform(Sourced):
    """Anything between two bounds, equally likely."""

    dist: Literal["uniform"]
    low: float
    high: float


class Normal(Sourced):
    """Bell curve, clipped to the attribute's legal range."""

    dist: Literal["normal"]
    mean: float
    sd: Positive


class LogNormal(Sourced):
    """Bell curve of the logarithm."""

    dist: Literal["lognormal"]
    median: Positive
    sigma: Positive = Field(description="standard deviation of the logarithm")


class LogitNormal(Sourced):
    """Bell curve of the logit: a share."""

    dist: Literal["logitnormal"]
    median: Annotated[float, Field(gt=0.0, lt=1.0)]
    sd: Positive = Field(description="standard deviation of the logit")


Distribution = Annotated[Constant | Uniform | Normal | LogNormal | LogitNormal, Field(discriminator="dist")]


def _attribute_schema(schema: dict[str, Any]) -> None:
    """Publish the attributes with unit, range and meaning."""
    inner = schema.pop("additionalProperties")
    schema.pop("propertyNames", None)
    schema["properties"] = {
        name: {
            "allOf": [inner],
            "description": declared.text,
            "x-unit": declared.unit,
            "x-low": declared.low,
            **({"x-high": declared.high} if declared.high < 1e300 else {}),
        }
        for name, declared in ATTRIBUTE.items()
    }
    schema["required"] = list(ATTRIBUTE)
    schema["additionalProperties"] = False


class Group(Sourced):
    """A faction of the elite."""

    title: Text
    size: Annotated[int, Field(ge=1, le=100_000)] = Field(
        description="people at risk: the named and synthetic ones", json_schema_extra={"x-unit": "people"}
    )
    weight: Share = Field(description="share of political weight; sums to 1 over groups")
    coercion: Share = Field(description="share of organised force; sums to 1 over groups")
    attributes: dict[AttributeName, Distribution] = Field(
        description="distribution of what is not a published fact of a named person",
        json_schema_extra=_attribute_schema,
    )


class Leader(Block):
    """Who holds power, in published facts only."""

    title: Text
    regime: Regime
    tenure_years: Annotated[float, Field(ge=0.0, le=100.0, json_schema_extra={"x-unit": "year"})]
    source: Text
    note: Note = ""


class Country(Block):
    """What the hazard models know a country by, all as of the case's date; what is left out counts as the average."""

    regime_type: Text = Field("", description="REIGN kind such as `parliamentary`; left out: from the leader's regime")
    months_since_attempt: Annotated[float, Field(ge=0.0)] | None = Field(None, description="999: never")
    attempts_60m: Annotated[float, Field(ge=0.0)] | None = None
    age: Annotated[float, Field(ge=0.0, le=120.0)] | None = Field(None, description="of the leader [years]")
    military_career: Share | None = None
    regime_months: Annotated[float, Field(ge=0.0)] | None = None
    ln_gdppc_l1: float | None = Field(None, description="ln of GDP per head, year before")
    growth_l1: float | None = Field(None, description="of GDP per head, year before [per cent]")
    ln_pop_l1: float | None = Field(None, description="ln of population in thousands, year before")
    polyarchy_l1: Share | None = Field(None, description="V-Dem electoral democracy, year before")
    civil_l1: Annotated[float, Field(ge=0.0, le=2.0)] | None = Field(None, description="UCDP/PRIO intensity")
    interstate_l1: Annotated[float, Field(ge=0.0, le=2.0)] | None = Field(None, description="UCDP/PRIO intensity")
    source: Text
    note: Note = ""

    def columns(self) -> dict[str, Any]:
        """Columns of a country-year panel that are given."""
        return {k: v for k, v in self.model_dump(exclude={"source", "note"}).items() if v not in (None, "")}


class Ties(Sourced):
    """How ties count and how those of which nothing is published are drawn."""

    multipliers: dict[TieKind, Annotated[float, Field(ge=0.0, le=100.0)]] = Field(
        description="how much a tie of each kind counts"
    )
    mean_degree: Annotated[float, Field(ge=0.0, le=500.0)] = Field(
        description="expected number of synthetic ties of an actor", json_schema_extra={"x-unit": "ties"}
    )
    within_group: Share = Field(description="share of synthetic ties inside the own group")


class Override(Block):
    """A case's own value of a model parameter."""

    value: float = Field(description="in the parameter's unit, inside its bounds (`fronde params`)")
    sd: Positive | None = Field(None, description="moves the prior there; left out, the parameter is fixed")
    because: Text


class Pooled(Block):
    """Another case whose posterior this one's prior leans on."""

    case: Text = Field(description="name or path of the other case; its posterior.json is read")
    file: str | None = Field(None, pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$", description="a file in this case's folder")
    power: Share = Field(description="how much its evidence counts: 0 not at all, 1 as if it were our own")
    because: Text


class FocalDate(Block):
    """A day on which announcements are likelier."""

    date: Day
    title: Text
    source: Text


class Timed(Block):
    """An intervention that happens on a day."""

    kind: TimedKind
    at: Day
    note: Note = ""


class Levelled(Block):
    """Sanctions (0 lifted, 1 as is, 2 doubled) or refusals (0 resignations allowed), from a day on."""

    kind: LevelledKind
    at: Day
    level: Annotated[float, Field(ge=0.0, le=2.0, json_schema_extra={"x-unit": "1"})]
    note: Note = ""


class Shock(Block):
    """A sudden change at the front, in standard deviations."""

    kind: Literal["battlefield"]
    at: Day
    shock: Annotated[float, Field(ge=-5.0, le=5.0, json_schema_extra={"x-unit": "sd"})]
    note: Note = ""


Action = Annotated[Timed | Levelled | Shock, Field(discriminator="kind")]


class Variant(Block):
    """What if: dated interventions after `as_of`."""

    title: Text
    asks: Text = Field(description="the question this variant answers")
    actions: Annotated[tuple[Action, ...], Field(min_length=1, max_length=100)]
    note: Note = ""


class Question(Block):
    """A statement that a date will decide: about leader events, or about a number of acts."""

    id: Name
    text: Text
    by: Day
    base_rate: Share
    base_rate_source: Text
    event: Annotated[tuple[EventName, ...], BeforeValidator(_listed)] = Field((), json_schema_extra=_or_one)
    act: ActName | None = None
    groups: Annotated[tuple[Name, ...], BeforeValidator(_listed)] = Field(
        (), description="left out: all groups", json_schema_extra=_or_one
    )
    at_least: Annotated[int, Field(ge=1)] | None = None
    rule: Note = Field("", description="what resolves it Yes, written before looking; left out: made from the rest")
    note: Note = ""


class CaseSpec(Block):
    """A case: who rules, what hit them, what is asked."""

    fronde: Annotated[Literal["1"], BeforeValidator(_version)] = Field(description="version of the file format")
    title: Text
    onset: Day = Field(description="day of the shock; the simulation starts on its eve")
    as_of: Day = Field(description="nothing known later may be read")
    horizon: Days = Field(description="length of the forecast after as_of")
    step: Step = Field(description="length of a time step; divides the horizon")
    onset_time: TimeOfDay | None = Field(None, description="hour of the shock; left out, the clock starts on its eve")
    as_of_time: TimeOfDay | None = Field(None, description="hour of as_of; left out, the end of that day")
    seed: Annotated[int, Field(ge=0, lt=2**63)]
    leader: Leader
    country: Country | None = Field(None, description="for the base rate of coups and exits")
    groups: Annotated[dict[Name, Group], Field(min_length=1, max_length=64)]
    ties: Ties
    params: dict[str, Override] = Field(default_factory=dict)
    pooling: Annotated[tuple[Pooled, ...], Field(max_length=100)] = ()
    focal_dates: tuple[FocalDate, ...] = ()
    variants: dict[Name, Variant] = Field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    record_until: Day | None = Field(
        None, description="acts up to this day are on record in full, so that questions about acts resolve from it"
    )
    note: Note = ""

    @property
    def start(self) -> date:
        """Eve of the onset; the clock starts at the end of this day."""
        return self.onset - timedelta(days=1)

    @property
    def moment(self) -> str:
        """`as_of` in print and as `--as-of` reads it: with its hour, in cases that have one."""
        return f"{self.as_of}T{self.as_of_time}" if self.as_of_time and self.step < 1 else self.as_of.isoformat()

    @property
    def end(self) -> date:
        """Last day of the forecast."""
        return self.as_of + timedelta(days=self.horizon)
