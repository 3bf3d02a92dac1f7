"""The generated parts of the documentation: one function per block, Markdown out, nothing but the code in."""

import ast
import inspect
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import fronde
from fronde.domain import state
from fronde.domain.draws import Decision
from fronde.domain.params import LogNormal, Param, Prior
from fronde.evidence.priors import NUMBERS
from fronde.forecast.patterns import PATTERNS
from fronde.mechanisms.registry import MECHANISMS, PARAMS

PACKAGE = Path(fronde.__file__).parent
REFERENCES = "references.md"
ASSUMPTION = "assumption"
MEASURED = ("calibration", "robustness", "methods", "prior", "predictive")

ACTS = {  # what each act does to the actor; the codes come from the code
    "speak_policy": "criticises the policy in public; voice becomes 1",
    "speak_leader": "criticises the leader in public; voice becomes 2",
    "fall_silent": "takes it back or falls silent; voice becomes 0",
    "resign": "gives up an office, and is let go",
    "resign_refused": "asks to resign and is told no: stays, is marked, fears more",
    "leave": "leaves the country and any office",
    "leave_refused": "tries to leave and is stopped: stays, is marked, fears more",
    "return": "comes back from abroad",
    "rejoin": "takes an office again",
    "join_plot": "joins a plot; never reported for a person",
    "dismissed": "is removed from office",
    "punished": "is punished: loses office and part of the domestic fortune",
}
LEADER_EVENTS = {
    "declare": "announces all-out war",
    "mobilise": "announces mobilisation",
    "limit": "limits his aims or withdraws",
    "crackdown": "repression jumps",
    "coopt": "hands rents to the group he hears most discontent from",
    "purge": "a round of dismissals",
    "attempt": "somebody tries to remove him",
    "removed": "and succeeds",
}


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; bars inside cells are escaped."""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def summary(text: str | None) -> str:
    """A docstring as a fenced block: its equations are laid out for a fixed width."""
    return f"```text\n{inspect.cleandoc(text or '')}\n```"


def _code(name: object) -> str:
    return f"`{name}`"


def _fields(fields: Mapping[str, str]) -> str:
    return table(("name", "unit or meaning"), ((_code(name), unit) for name, unit in fields.items()))


def _named(members: Iterable[str], meanings: Mapping[str, str]) -> str:
    """Codes, names and meanings; a member without a meaning is an error, so the page cannot fall behind."""
    return table(("code", "name", "meaning"), ((k, _code(name), meanings[name]) for k, name in enumerate(members)))


def _prior(prior: Prior) -> str:
    if isinstance(prior, LogNormal):
        return f"LogNormal({prior.median:g}, {prior.sigma:g})"
    return f"Normal({prior.mean:g}, {prior.sd:g})"


def source_link(source: str) -> str:
    """A source key as a link into the list of references."""
    return source if source == ASSUMPTION else f"[{source}]({REFERENCES}#{source})"


def _parameters(params: Iterable[Param]) -> str:
    head = ("parameter", "unit", "default", "prior", "bounds", "source", "meaning")
    rows = (
        (
            _code(param.name),
            param.unit,
            f"{param.default:g}",
            _prior(param.prior),
            f"{param.bounds[0]:g} .. {param.bounds[1]:g}",
            source_link(param.source),
            param.note,
        )
        for param in params
    )
    return table(head, rows)


def actor_fields() -> str:
    """Fixed attributes of an actor."""
    return _fields(state.ACTOR_FIELDS)


def state_fields() -> str:
    """What moves for each actor."""
    return _fields(state.STATE_FIELDS)


def world_fields() -> str:
    """What moves for the regime."""
    return _fields(state.WORLD_FIELDS)


def recorded() -> str:
    """What a run keeps."""
    rows = [(_code(name), "per group and step", what) for name, what in state.GROUP_SERIES.items()]
    rows += [(_code(name), "running sum per run", what) for name, what in state.TALLIES.items()]
    return table(("name", "kept", "what"), rows)


def acts() -> str:
    """Acts of an actor."""
    return _named(state.ACTS, ACTS)


def leader_events() -> str:
    """Events at the top."""
    return _named(state.LEADER_EVENTS, LEADER_EVENTS)


def schedule() -> str:
    """The order of a step, as the engine states it; parsed, so that nothing is compiled."""
    tree = ast.parse((PACKAGE / "engine" / "schedule.py").read_text(encoding="utf-8"))
    return summary(ast.get_docstring(tree))


def decisions() -> str:
    """What draws of chance decide."""
    return table(("number", "decision"), ((int(item), _code(item.name.lower())) for item in Decision))


def patterns() -> str:
    """The patterns tested in the posterior."""
    return table(("number", "pattern"), ((pattern.number, pattern.text) for pattern in PATTERNS))


def submodels() -> str:
    """Every mechanism: equations and parameters, in the order in which the registry lists them."""
    parts = []
    for module in MECHANISMS:
        name = module.__name__.rsplit(".", 1)[1]
        parts += [f"### {name}", summary(module.__doc__), _parameters(module.PARAMS)]
    return "\n\n".join(parts)


def parameter_count() -> str:
    """How much of the model is assumption."""
    assumed = sum(param.source == ASSUMPTION for param in PARAMS)
    return (
        f"The model has {len(PARAMS)} parameters in {len(MECHANISMS)} mechanisms. For {assumed} of them the only "
        "source is `assumption`: our judgement, with a prior wide enough to say so."
    )


def evidence_numbers() -> str:
    """Every number between a claim and its likelihood."""
    rows = ((_code(n.name), f"{n.value:g}", n.unit, source_link(n.source), n.why) for n in NUMBERS)
    return table(("number", "value", "unit", "source", "why"), rows)


def evidence_count() -> str:
    """How many of them are judgement."""
    assumed = sum(number.source == ASSUMPTION for number in NUMBERS)
    return f"There are {len(NUMBERS)} such numbers; {assumed} are assumptions."


def measured(suite: str) -> Callable[[], str]:
    """Rows that `fronde validate --suite ... --json` printed, kept in docs/measured: the table the command shows."""

    def block() -> str:
        path = Path(__file__).resolve().parents[2] / "docs" / "measured" / f"{suite}.json"
        rows = json.loads(path.read_text(encoding="utf-8"))
        head = ("check", "expected", "got", "within", "")
        cells = []
        for row in rows:
            got = f"{row['got']:.4g}" if isinstance(row["got"], float) else row["got"]
            expected = f"{row['expected']:g}" if isinstance(row["expected"], float) else row["expected"]
            bound = f"{row['bound']:g}" if isinstance(row["bound"], float) else row["bound"]
            cells.append((row["name"], expected, got, bound, "ok" if row["ok"] else "**missed**"))
        names = [f"`{name}` {value:+.2f}" for row in rows for name, value in row.get("names", {}).items()]
        listed = f"\n\nNot informed, with their mean contraction: {', '.join(names)}." if names else ""
        return table(head, cells) + listed

    return block


BLOCKS: Mapping[str, Callable[[], str]] = {
    "actor fields": actor_fields,
    "state fields": state_fields,
    "world fields": world_fields,
    "recorded": recorded,
    "acts": acts,
    "leader events": leader_events,
    "schedule": schedule,
    "decisions": decisions,
    "patterns": patterns,
    "submodels": submodels,
    "parameter count": parameter_count,
    "evidence numbers": evidence_numbers,
    "evidence count": evidence_count,
    **{f"measured {suite}": measured(suite) for suite in MEASURED},
}
