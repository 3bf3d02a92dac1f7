"""Who does what in a step: hazards side by side, one competing draw, the consequences.

What was reported before the forecast date conditions the path instead of being simulated: a known act is imposed and
its probability enters the likelihood; an actor of whom nothing was reported contributes the probability of that, and
goes on with what would not have been reported (see `mechanisms.reporting`).
"""

import math

import numpy as np

from fronde.domain.draws import Decision, uniform_pair
from fronde.domain.jit import phase
from fronde.domain.maths import exp
from fronde.domain.state import Act
from fronde.engine.layout import (
    LANE_COUNT,
    N_ACTS,
    STATE_STRIDE,
    S,
    T,
    load_actor,
    load_felt,
    load_state,
    load_world,
    params_of,
    strand,
)
from fronde.mechanisms import leader, leave, plot, refusal, reporting, repression, resign, speak

ZERO = np.uint64(0)
PAIR_INCLUSION = np.uint64(Decision.INCLUSION >> 1)  # INCLUSION and REPORTED share a block
ACT_COUNT = np.uint64(N_ACTS)
SPEAK_POLICY, SPEAK_LEADER, FALL_SILENT, RESIGN, RESIGN_REFUSED, LEAVE = (
    np.uint64(act * LANE_COUNT)
    for act in (Act.SPEAK_POLICY, Act.SPEAK_LEADER, Act.FALL_SILENT, Act.RESIGN, Act.RESIGN_REFUSED, Act.LEAVE)
)
LEAVE_REFUSED, RETURN, REJOIN, JOIN_PLOT, DISMISSED, PUNISHED = (
    np.uint64(act * LANE_COUNT)
    for act in (Act.LEAVE_REFUSED, Act.RETURN, Act.REJOIN, Act.JOIN_PLOT, Act.DISMISSED, Act.PUNISHED)
)
VOICE = params_of("speak")
QUITTING = params_of("refusal", "resign")
LEAVING = params_of("refusal", "leave")
DANGER = params_of("plot", "leader", "repression", "wealth")
REPORTING = params_of("reporting")
EFFECTS = params_of("perception", "wealth")
OWNER_WEALTH = 0.1  # USD bn: from here on an actor counts as an owner in the tallies
REFERENCE_CHANCE = 0.003  # chance of an act in a step at which a report's likelihood ratio is quoted (assumption)


@phase
def hazards(state, world, theta, actors, i, rates, trap):
    """Fill rates[act, lane] [1/day] of one actor: the model's competing hazards side by side.

    trap: how far frozen wealth is out of reach of those who would leave (1.0 except in counterfactuals).
    """
    base = i * STATE_STRIDE
    actor = load_actor(actors, i)
    count = float(actors.shape[0])
    for lane in range(LANE_COUNT):
        p = VOICE(theta, ZERO, lane)
        s = load_state(state, base, lane)
        w = load_world(world, ZERO, lane)
        rates[SPEAK_POLICY + lane] = w.in_power * speak.speak_policy_rate(p, s, w)
        rates[SPEAK_LEADER + lane] = w.in_power * speak.speak_leader_rate(p, s, w)
        rates[FALL_SILENT + lane] = w.in_power * speak.fall_silent_rate(p, s)
    for lane in range(LANE_COUNT):
        p = QUITTING(theta, ZERO, lane)
        s = load_state(state, base, lane)
        w = load_world(world, ZERO, lane)
        refused = refusal.refusal_chance(p, actor, w, count, 0.0)
        rate = w.in_power * resign.resign_rate(p, actor, s, w)
        rates[RESIGN + lane] = rate * (1.0 - refused)
        rates[RESIGN_REFUSED + lane] = rate * refused
        rates[REJOIN + lane] = w.in_power * resign.rejoin_rate(p, actor, s)
    for lane in range(LANE_COUNT):
        p = LEAVING(theta, ZERO, lane)
        s = load_state(state, base, lane)
        w = load_world(world, ZERO, lane)
        refused = refusal.refusal_chance(p, actor, w, count, 1.0)
        rate = w.in_power * leave.leave_rate(p, actor, load_felt(state, base, lane, trap), w)
        rates[LEAVE + lane] = rate * (1.0 - refused)
        rates[LEAVE_REFUSED + lane] = rate * refused
        rates[RETURN + lane] = w.in_power * leave.return_rate(p, s)
    for lane in range(LANE_COUNT):
        p = DANGER(theta, ZERO, lane)
        s = load_state(state, base, lane)
        w = load_world(world, ZERO, lane)
        rates[JOIN_PLOT + lane] = w.in_power * plot.join_plot_rate(p, actor, s, count)
        rates[DISMISSED + lane] = w.in_power * leader.dismiss_rate(p, actor, s, w, w.purge)
        rates[PUNISHED + lane] = w.in_power * repression.punish_rate(p, actor, s, w, plot.exposure_rate(p, s))


@phase
def detections(theta, actors, i, detect):
    """Fill detect[act, lane]: the chance that this actor's act is reported."""
    actor = load_actor(actors, i)
    for lane in range(LANE_COUNT):
        p = REPORTING(theta, ZERO, lane)
        spoken = reporting.detection(p, actor, p.reporting_speak)
        vacated = reporting.detection(p, actor, p.reporting_resign)
        refused = reporting.detection(p, actor, p.reporting_refused)
        moved = reporting.detection(p, actor, p.reporting_leave)
        removed = reporting.detection(p, actor, p.reporting_dismissed)
        detect[SPEAK_POLICY + lane] = spoken
        detect[SPEAK_LEADER + lane] = spoken
        detect[FALL_SILENT + lane] = 0.0
        detect[RESIGN + lane] = vacated
        detect[RESIGN_REFUSED + lane] = refused
        detect[LEAVE + lane] = moved
        detect[LEAVE_REFUSED + lane] = refused
        detect[RETURN + lane] = moved
        detect[REJOIN + lane] = vacated
        detect[JOIN_PLOT + lane] = 0.0
        detect[DISMISSED + lane] = removed
        detect[PUNISHED + lane] = removed


@phase
def choose(rates, detect, known, pending, luck, i, dt, quiet, chosen):
    """Competing hazards of one step, given that nothing of this actor was reported in it.

    P(any) = 1 - exp(-sum * dt), P(a) = P(any) * rate_a / sum; the unreported mass of a is P(a) * (1 - detect_a).
    Overwrites rates by P(a); quiet = 1 - sum_a P(a) detect_a; chosen is the act, N_ACTS for none.
    Where `known` is 0.0 (no record conditions the step) nothing is held back: detect counts as 0. Where `pending` is
    1.0 (an act of this actor comes on record later) the actor is taken to have done nothing before: detect counts as 1.
    The number of lanes is read at run time: a constant would unroll this loop instead of the inner ones.
    """
    for lane in range(np.uint64(quiet.size)):
        total = 0.0
        for act in range(ACT_COUNT):
            total += rates[act * LANE_COUNT + lane]
        scale = (1.0 - exp(-total * dt)) / (total + 1e-300)
        unheard = 1.0
        for act in range(ACT_COUNT):
            k = act * LANE_COUNT + lane
            rates[k] *= scale
            unheard -= rates[k] * (pending + (1.0 - pending) * known * detect[k])
        unheard = unheard if unheard > 1e-12 else 1e-12  # rounding can leave less than nothing
        target = luck[i * LANE_COUNT + lane] * unheard
        cumulated = 0.0
        passed = 0.0
        for act in range(ACT_COUNT):
            k = act * LANE_COUNT + lane
            cumulated += rates[k] * (1.0 - pending) * (1.0 - known * detect[k])
            passed += 1.0 if cumulated <= target else 0.0
        quiet[lane] = unheard
        chosen[lane] = passed


@phase
def impose(rates, detect, quiet, chosen, act, ratio, replicates, seed, step, entity, weight, included):
    """Condition on a reported act: take it as true with chance ratio / (1 + ratio), and weight accordingly.

    ratio is the likelihood ratio of the reports (infinite for a confirmed act), quoted at REFERENCE_CHANCE.
    weight[lane] gains the log importance weight; included[lane] records the choice.
    """
    certain = math.isinf(ratio)
    share = 1.0 if certain else ratio / (1.0 + ratio)
    for lane in range(LANE_COUNT):
        k = np.uint64(act) * LANE_COUNT + lane
        u, _ = uniform_pair(seed, PAIR_INCLUSION, replicates[strand(entity) + lane], step, entity)
        reported = detect[k] if detect[k] > 1e-6 else 1e-6
        if u < share:
            chosen[lane] = float(act)
            weight[lane] += math.log(rates[k] * reported + 1e-300) - math.log(share)
            included[lane] = 1.0
        else:
            weight[lane] += (
                math.log(quiet[lane]) + math.log(reported * REFERENCE_CHANCE / ratio) - math.log(1.0 - share)
            )
            included[lane] = 0.0


@phase
def count(state, actors, i, chosen, tallies):
    """Running sums behind the pattern table; called before the consequences."""
    base = i * STATE_STRIDE
    actor = load_actor(actors, i)
    owner = 1.0 if actor.wealth_start >= OWNER_WEALTH else 0.0
    for lane in range(LANE_COUNT):
        act = chosen[lane]
        refused = 1.0 if act == 4.0 else 0.0
        resigned = 1.0 if act == 3.0 else 0.0
        still = (1.0 - state[base + S.quit + lane]) * (1.0 - state[base + S.abroad + lane])
        still *= 1.0 if state[base + S.voice + lane] < 0.5 else 0.0
        moved = owner * still * (1.0 if (act <= 1.0) | (act == 3.0) | (act == 5.0) else 0.0)
        tallies[T.refused + lane] += refused
        tallies[T.refused_rank + lane] += refused * actor.rank
        tallies[T.resigned + lane] += resigned
        tallies[T.resigned_rank + lane] += resigned * actor.rank
        tallies[T.moved + lane] += moved
        tallies[T.moved_loss + lane] += moved * state[base + S.loss + lane]
        tallies[T.moved_roots + lane] += moved * actor.roots_abroad


@phase
def enact(state, theta, actors, i, chosen):
    """Consequences of the chosen acts for the actor's own flags and fortune; the codes are those of `Act`."""
    base = i * STATE_STRIDE
    actor = load_actor(actors, i)
    holder = 1.0 if actor.rank > 0.0 else 0.0
    for lane in range(LANE_COUNT):
        act = chosen[lane]
        s = load_state(state, base, lane)
        p = EFFECTS(theta, ZERO, lane)
        left = act == 5.0
        struck = act == 11.0
        show = 0.0
        show = p.perception_show_speak if act == 0.0 else show
        show = 1.0 if act == 1.0 else show
        show = p.perception_show_resign if act == 3.0 else show
        show = p.perception_show_leave if left else show
        state[base + S.display + lane] = show if show > s.display else s.display
        voice = 1.0 if act == 0.0 else s.voice
        voice = 2.0 if act == 1.0 else voice
        state[base + S.voice + lane] = 0.0 if act == 2.0 else voice
        office = 0.0 if (act == 3.0) | left | (act == 10.0) | struck else s.in_office
        state[base + S.in_office + lane] = holder if act == 8.0 else office
        quit_office = 1.0 if act == 3.0 else s.quit
        state[base + S.quit + lane] = 0.0 if act == 8.0 else quit_office
        state[base + S.refused + lane] = 1.0 if (act == 4.0) | (act == 6.0) else s.refused
        state[base + S.abroad + lane] = 1.0 if left else (0.0 if act == 7.0 else s.abroad)
        state[base + S.plotting + lane] = 1.0 if act == 9.0 else (0.0 if struck else s.plotting)
        state[base + S.punished + lane] = 1.0 if struck else s.punished
        kept = 1.0 - p.wealth_expropriated_share if struck else 1.0
        state[base + S.domestic + lane] = s.domestic * kept


@phase
def gets_known(detect, act, lane, imposed, known, replicate, seed, step, entity):
    """Whether an act enters the public record: on record if imposed, never if passed over in a conditioned step,
    by chance in a free one."""
    if imposed or known > 0.0:
        return imposed
    _, u = uniform_pair(seed, PAIR_INCLUSION, replicate, step, entity)
    return u < detect[np.uint64(act) * LANE_COUNT + lane]
