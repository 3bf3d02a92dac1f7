"""case.yaml, README.md: the same mechanisms in every case; what does not apply is switched off, with the reason."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from history import country
from history.plans import Plan
from history.record import Departure

OFF = {  # parameter -> (value, why)
    "leave.base": (-14.0, "departures from the country are not recorded in this case"),
    "speak.policy_base": (-14.0, "only breaks with the ruler are recorded, no criticism of a policy"),
    "resign.rejoin_base": (-13.0, "returns are not recorded"),
    "refusal.base": (-8.0, "attempts that were refused are not recorded"),
    "plot.base": (-16.0, "plots are not recorded; this case is about public departures"),
    "repression.critic": (-10.0, "punishments of single members are not recorded"),
    "repression.exile": (-12.0, "punishments of single members are not recorded"),
    "repression.rival": (-14.0, "punishments of single members are not recorded"),
    "leader.declare_base": (-13.0, "the ruler's options of a war do not apply"),
    "leader.mobilise_base": (-13.0, "the ruler's options of a war do not apply"),
    "leader.limit_base": (-13.0, "the ruler's options of a war do not apply"),
    "leader.crackdown_base": (-12.0, "crackdowns enter as dated shocks, not as options of the ruler"),
    "leader.coopt_base": (-12.0, "favours are not recorded"),
    "leader.purge_base": (-12.0, "rounds of dismissals are not recorded"),
    "wealth.designation_base": (-12.0, "nobody is under sanctions and fortunes are not recorded"),
}
COMPLETE = ("speak", "resign", "refused", "leave", "dismissed")
OPEN = {  # parameter -> (value by hour, value by day, sd, why)
    "resign.base": (-3.5, -6.0, 2.0, "the pace of a case is its own: wide"),
    "perception.rate": (1.8, 0.5, 0.6, "news of a departure goes round within a day, faster where it is filmed"),
    "shock.days": (3.5, 8.0, 0.5, "a cabinet crisis is over in days, a rising lasts weeks"),
    "frailty.days": (0.25, 5.0, 0.8, "moods of a cabinet crisis turn in hours, those of a rising in days: wide"),
}


def questions(plan: Plan, departures: list[Departure]) -> list[dict[str, Any]]:
    """Questions that the record decides: one more, five more, by the dates of the plan."""
    as_of, hour = str(plan.plan["as_of"]), plan.plan.get("as_of_time")
    found = []
    for days in plan.plan["asks"]:
        by = (date.fromisoformat(as_of) + timedelta(days=days)).isoformat()
        later = [
            each
            for each in departures
            if each.kind == "resign" and each.date <= by and (each.date, each.time or "24") > (as_of, hour or "25")
        ]
        for least in (1, 5):
            what = "one more departure" if least == 1 else "five more departures"
            found.append({
                "id": f"{'one' if least == 1 else 'five'}_more_in_{days}_days", "by": by, "at_least": least,
                "text": f"{what.capitalize()} from the elite as listed by {by}?", "outcome": len(later) >= least,
                "rule": f"Yes if the public record holds {what} after as_of by the end of {by}",
                "basis": f"{len(later)} in the record of this case",
            })  # fmt: skip
    return found


def _rate(plan: Plan, departures: list[Departure], days: int, least: int) -> float:
    """Base rate: half a departure in the days before as_of, Poisson; cut to 0.02..0.98."""
    as_of, hour = str(plan.plan["as_of"]), plan.plan.get("as_of_time")
    so_far = [d for d in departures if d.kind == "resign" and (d.date, d.time or "00") <= (as_of, hour or "24")]
    elapsed = max(1, (date.fromisoformat(as_of) - date.fromisoformat(str(plan.plan["onset"]))).days + 1)
    mean = (len(so_far) + 0.5) / elapsed * days
    term, none = 1.0, 0.0
    for k in range(least):
        none += term
        term *= mean / (k + 1)
    chance = 1.0 - none * 2.718281828459045**-mean
    return round(min(0.98, max(0.02, chance)), 2)


def _group(name: str, group: dict[str, Any], total: int) -> str:
    share = group["size"] / total
    lines = [
        f"  {name}:",
        f"    title: {group['title']}",
        f"    size: {group['size']}",
        f"    weight: {share:.6f}",
        f"    coercion: {group['coercion']}",
        "    source: assumption",
        "    note: size of the body by general knowledge; political weight in proportion to numbers",
        "    attributes:",
        "      wealth_start: {dist: constant, value: 0.0, source: assumption, note: fortunes are not recorded}",
        "      foreign_share: {dist: constant, value: 0.0, source: assumption}",
        "      state_lever: {dist: constant, value: 1.0, source: assumption}",
        f"      rank: {{dist: constant, value: {group['rank']}, source: assumption, note: order of public offices}}",
        f"      closeness: {{dist: logitnormal, median: {group['closeness']}, sd: 0.6, source: assumption}}",
        "      position: {dist: normal, mean: -0.3, sd: 0.4, source: assumption, note: the same for every group}",
        "      salience: {dist: logitnormal, median: 0.5, sd: 0.5, source: assumption}",
        f"      roots_abroad: {{dist: logitnormal, median: {group['roots']}, sd: 0.6, source: assumption}}",
        f"      visibility: {{dist: constant, value: {group['visibility']}, source: assumption}}",
    ]
    return "\n".join(lines)


def _params(plan: Plan, departures: list[Departure]) -> list[str]:
    off = dict(OFF)
    if not any(each.kind == "criticise_leader" for each in departures):
        off["speak.leader_base"] = (-15.0, "no public criticism without a departure is recorded")
    lines = [f"  {name}: {{value: {value}, because: {why!r}}}" for name, (value, why) in off.items()]
    because = "every departure of a listed member is on record: the roster is complete by construction"
    lines += [f"  reporting.{name}: {{value: 0.999, because: {because!r}}}" for name in COMPLETE if name != "refused"]
    lines.append(f"  reporting.floor: {{value: 1.0, because: {because!r}}}")
    for name, (hour, day, sd, why) in OPEN.items():
        lines.append(f"  {name}: {{value: {hour if plan.hourly else day}, sd: {sd}, because: {why!r}}}")
    return lines


def build(plan: Plan, departures: list[Departure], data: Path, folder: Path) -> None:
    """Write case.yaml and README.md."""
    given = plan.plan
    groups = given["groups"]
    total = sum(group["size"] for group in groups.values())
    shares = [group["size"] / total for group in groups.values()]
    blocks = [_group(name, group, total) for name, group in groups.items()]
    rest = 1.0 - sum(float(f"{share:.6f}") for share in shares[:-1])
    blocks[-1] = blocks[-1].replace(f"weight: {shares[-1]:.6f}", f"weight: {rest:.6f}")
    hours = [f'{key}: "{given[key]}"' for key in ("onset_time", "as_of_time") if key in given]
    asked = []
    for item in questions(plan, departures):
        days = (date.fromisoformat(item["by"]) - date.fromisoformat(str(given["as_of"]))).days
        rate = _rate(plan, departures, days, item["at_least"])
        asked.append(
            f"  - {{id: {item['id']}, text: {item['text']!r}, act: resign, at_least: {item['at_least']},\n"
            f"     by: {item['by']}, rule: {item['rule']!r}, base_rate: {rate},\n"
            f"     base_rate_source: 'the rate of departures before as_of goes on; Poisson'}}"
        )
    leader = given["leader"]
    text = "\n".join([
        "# yaml-language-server: $schema=../../schema/case.schema.json",
        "# Made by tools/build_history.py from the published event tables and tools/history/plans.yaml.",
        'fronde: "1"',
        f'title: "{given["title"]}"',
        "note: Public departures only. No position of a named person is coded; groups share one distribution.",
        f"onset: {given['onset']}", f"as_of: {given['as_of']}", *hours,
        f"horizon: {given['horizon']} days", f"step: {given['step']}", "seed: " + str(given["onset"]).replace("-", ""),
        f"leader: {{title: {leader['title']}, regime: {leader['regime']}, tenure_years: {leader['tenure_years']}, "
        "source: general knowledge}", country.block(plan, data),
        "", "groups:", *blocks, "",
        "ties:", "  multipliers: {business: 1.0, kin: 2.0, patronage: 1.5, service: 1.0}", "  mean_degree: 6",
        "  within_group: 0.7", "  source: assumption", "",
        "params:", *_params(plan, departures), "", "questions:", *asked, "",
    ])  # fmt: skip
    ends = max(max(each.date for each in departures), max(item["by"] for item in questions(plan, departures)))
    text = text.replace("\nleader:", f"\nrecord_until: {ends}\nleader:", 1)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.yaml").write_text(text, encoding="utf-8", newline="\n")
    (folder / "README.md").write_text(_readme(plan, departures), encoding="utf-8", newline="\n")


def _readme(plan: Plan, departures: list[Departure]) -> str:
    given = plan.plan
    left = [each for each in departures if each.kind == "resign"]
    size = sum(group["size"] for group in given["groups"].values())
    fell = given["ended"].get("fell")
    end = f"The leader lost power on {fell}." if fell else "The leader stayed in power through the window."
    roster = (
        "\nThe roster of ministers is from the Institute for Government's ministers database (CC BY 4.0, (c) Institute "
        "for\nGovernment).\n"
        if plan.name == "uk-2022"
        else ""
    )
    return f"""# {given["title"]}

{len(left)} recorded departures among {size} people at risk from {given["onset"]} on, in steps of {given["step"]}.
{end}

Made by `tools/build_history.py` from the tables of dated departures and `tools/history/plans.yaml`; a second run gives
the same bytes. Facts are in our own words, with the page they rest on in `evidence/reports.csv`.
{roster}
- **Departure** means giving up the place held under the ruler: a post, a seat in his faction, a command. All are coded
  `resign`, so that one mechanism can be compared across cases. Missions that broke away as a body count as one member.
- **Who was at risk** beyond the named is an assumption: sizes of bodies by general knowledge, members drawn per group.
- **Outcomes** were known to whoever coded this. The dates keep the evidence honest; the choice of cases is not.
- What happened after `as_of` is in the folder, behind its dates, for scoring only.
"""
