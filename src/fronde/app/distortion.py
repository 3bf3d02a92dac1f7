"""What a calibration may get wrong about the world, on purpose: how far do its intervals still hold?

ties            the calibration believes in other synthetic ties than those that carried the contagion
false reports   one report in five is invented: same act and group as a true one, another person, any week;
                taken as certain, or graded at what a report is worth where one in five is false
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Literal, get_args

import numpy as np

from fronde.domain.draws import Decision, uniform
from fronde.engine.acts import REFERENCE_CHANCE
from fronde.evidence.events import EventEvidence
from fronde.scenario.case import Case
from fronde.scenario.ties import make_ties

Kind = Literal["as assumed", "other ties", "false reports, believed", "false reports, graded"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FALSE_SHARE = 0.2  # of all reports
OTHER_TIES = 1  # added to the seed that draws the synthetic ties


def other_ties(case: Case) -> Case:
    """The case with its synthetic ties drawn anew; published ties stay."""
    elite, groups = case.elite, case.elite.group.tolist()
    keys = [int(key) for key in elite.key]
    table = make_ties(elite.ids, keys, groups, case.rows.ties, case.spec.ties, case.spec.seed + OTHER_TIES)
    changed = replace(elite, tie_indptr=table.indptr, tie_indices=table.indices, tie_weight=table.weight)
    return replace(case, elite=changed)


def invented(case: Case, reports: Sequence[EventEvidence], number: int) -> list[EventEvidence]:
    """False reports, so many that they are FALSE_SHARE of all; each copies act and group of a true one."""
    elite = case.elite
    taken, found = {row.actor for row in reports}, []
    for k in range(round(len(reports) * FALSE_SHARE / (1.0 - FALSE_SHARE))):
        luck = [uniform(case.spec.seed, Decision.INVENTED, number, k, part) for part in range(3)]
        model = reports[int(luck[0] * len(reports))]
        i = elite.ids.index(model.actor)
        alike = np.flatnonzero((elite.group == elite.group[i]) & (elite.in_office == elite.in_office[i]))
        free = [name for name in (elite.ids[j] for j in alike) if name not in taken]
        if not free:
            continue
        name = free[int(luck[1] * len(free))]
        taken.add(name)
        day = case.grid.start + timedelta(days=1 + int(luck[2] * ((case.grid.as_of - case.grid.start).days - 1)))
        found.append(replace(model, actor=name, date_low=day, date_high=day, known_at=day))
    return found


def distort(
    case: Case, reports: Sequence[EventEvidence], kind: Kind, number: int
) -> tuple[Case, Sequence[EventEvidence]]:
    """The case that the calibration believes in, and the reports it hears."""
    if kind == "other ties":
        return other_ties(case), reports
    if kind == "as assumed" or not reports:
        return case, reports
    false = invented(case, reports, number)
    everything = [*reports, *false]
    if kind == "false reports, graded" and false:
        chance = len(false) / (case.elite.size * case.grid.n_observed)  # of a false report, a person and week
        worth = math.log(REFERENCE_CHANCE / chance)
        everything = [replace(row, log_h=worth, log_f=0.0) for row in everything]
    return case, everything
