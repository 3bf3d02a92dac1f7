"""Who does what in a step: hazards side by side, one competing draw, the consequences.

What was reported before the forecast date conditions the path instead of being simulated: a known act is imposed and
its probability enters the likelihood; an actor of whom nothing was reported contributes the probability of that, and
goes on with what would not have been reported (see `mechanisms.reporting`).
"""

import math

import numpy as np

from fronde.domain.draws import Decision, uniform_pair
from fronde.domain.jit import mechanism, phase
from fronde.domain.maths import exp
from fronde.domain.state import ACTS
from fronde.engine.layout import (
    LANE_COUNT,
    N_ACTS,
    PASSING_STRIDE,
    STATE_STRIDE,
    TILE,
    F,
    S,
    T,
    load_actor,
    load_felt,
    load_lasting,
    load_pace,
    load_state,
    load_world,
    offsets,
    params_of,
    strand,
)
from fronde.mechanisms import leader, leave, plot, refusal, reporting, repression, resign, speak

ZERO = np.uint64(0)
PAIR_INCLUSION = np.uint64(Decision.INCLUSION >> 1)  # INCLUSION and REPORTED share a block
ACT_COUNT = np.uint64(N_ACTS)
RATE_STRIDE = TILE * LANE_COUNT  # rates[act, actor of the tile, lane]
R = offsets(ACTS, int(TILE))  # offset of each act in the rates
D = offsets(ACTS)  # and in what one actor's acts are reported with
VOICE = params_of("speak")
QUITTING = params_of("refusal", "resign")
LEAVING = params_of("refusal", "leave")
DANGER = params_of("plot", "leader", "repression", "wealth")
REPORTING = params_of("reporting")
EFFECTS = params_of("perception", "wealth")
OWNER_WEALTH = 0.1  # USD bn: from here on an actor counts as an owner in the tallies
REFERENCE_CHANCE = 0.003  # chance of an act in a step at which a report's likelihood ratio is quoted (assumption)


@phase
def hazards(state, passing, world, theta, pace, actors, prominence, first, last, rates, trap):
    """Fill rates[act, actor of the tile, lane] [1/day]: the model's competing hazards side by side.

    trap: how far frozen wealth is out of reach of those who would leave (1.0 except in counterfactuals).
    """
    count = float(actors.shape[0])
    for i in range(first, last):
        base, place, row = i * STATE_STRIDE, (i - first) * PASSING_STRIDE, (i - first) * LANE_COUNT
        actor = load_actor(actors, i)
        for lane in range(LANE_COUNT):
            p = VOICE(theta, ZERO, lane)
            s = load_state(state, base, passing, place, lane)
            w = load_world(world, ZERO, lane)
            rates[R.speak_policy + row + lane] = w.in_power * speak.speak_policy_rate(p, s, w)
            rates[R.speak_leader + row + lane] = w.in_power * speak.speak_leader_rate(p, s, w)
            rates[R.fall_silent + row + lane] = w.in_power * speak.fall_silent_rate(p, s)
        for lane in range(LANE_COUNT):
            p, n = QUITTING(theta, ZERO, lane), load_pace(pace, ZERO, lane)
            s = load_state(state, base, passing, place, lane)
            w = load_world(world, ZERO, lane)
            refused = refusal.refusal_chance(p, actor, prominence[i], w, 0.0)
            rate = w.in_power * resign.resign_rate(p, actor, s, w)
            rates[R.resign + row + lane] = rate * (1.0 - refused)
            rates[R.resign_refused + row + lane] = rate * refused
            rates[R.rejoin + row + lane] = w.in_power * resign.rejoin_rate(n, actor, s)
        for lane in range(LANE_COUNT):
            p, n = LEAVING(theta, ZERO, lane), load_pace(pace, ZERO, lane)
            s = load_felt(state, base, passing, place, lane, trap)
            w = load_world(world, ZERO, lane)
            refused = refusal.refusal_chance(p, actor, prominence[i], w, 1.0)
            rate = w.in_power * leave.leave_rate(p, actor, s, w)
            rates[R.leave + row + lane] = rate * (1.0 - refused)
            rates[R.leave_refused + row + lane] = rate * refused
            rates[R.return_ + row + lane] = w.in_power * leave.return_rate(n, s)
        for lane in range(LANE_COUNT):
            p, n = DANGER(theta, ZERO, lane), load_pace(pace, ZERO, lane)
            s = load_state(state, base, passing, place, lane)
            w = load_world(world, ZERO, lane)
            rates[R.join_plot + row + lane] = w.in_power * plot.join_plot_rate(p, actor, s, count)
            rates[R.dismissed + row + lane] = w.in_power * leader.dismiss_rate(p, actor, s, w, w.purge)
            rates[R.punished + row + lane] = w.in_power * repression.punish_rate(
                p, n, actor, s, w, plot.exposure_rate(p, s)
            )


@phase
def choose(rates, luck, count, dt, chosen):
    """Competing hazards of one step: P(any) = 1 - exp(-sum * dt), P(a) = P(any) * rate_a / sum.

    chosen is the act, N_ACTS for none. One loop over the first `count` numbers of a tile, all lanes of all its actors:
    the sums are chains of dependent additions, and only many side by side keep the machine busy.
    """
    for k in range(count):
        total = 0.0
        for act in range(ACT_COUNT):
            total += rates[act * RATE_STRIDE + k]
        scale = (1.0 - exp(-total * dt)) / (total + 1e-300)
        cumulated = 0.0
        passed = 0.0
        for act in range(ACT_COUNT):
            cumulated += rates[act * RATE_STRIDE + k] * scale
            passed += 1.0 if cumulated <= luck[k] else 0.0
        chosen[k] = passed


@phase
def choose_unreported(rates, detect, pending, luck, row, dt, quiet, chosen):
    """As `choose` for one actor, given that nothing of him was reported in the step: what is unreported of a has the
    chance P(a) * (1 - detect_a).

    Overwrites rates by P(a); quiet = 1 - sum_a P(a) detect_a. Where `pending` is 1.0 (an act of this actor comes on
    record later) the actor is taken to have done nothing before: detect counts as 1.
    The number of lanes is read at run time: a constant would unroll this loop instead of the inner ones.
    """
    for lane in range(np.uint64(quiet.size)):
        total = 0.0
        for act in range(ACT_COUNT):
            total += rates[act * RATE_STRIDE + row + lane]
        scale = (1.0 - exp(-total * dt)) / (total + 1e-300)
        unheard = 1.0
        for act in range(ACT_COUNT):
            k = act * RATE_STRIDE + row + lane
            rates[k] *= scale
            unheard -= rates[k] * (pending + (1.0 - pending) * detect[act * LANE_COUNT + lane])
        unheard = unheard if unheard > 1e-12 else 1e-12  # rounding can leave less than nothing
        target = luck[row + lane] * unheard
        cumulated = 0.0
        passed = 0.0
        for act in range(ACT_COUNT):
            k = act * RATE_STRIDE + row + lane
            cumulated += rates[k] * (1.0 - pending) * (1.0 - detect[act * LANE_COUNT + lane])
            passed += 1.0 if cumulated <= target else 0.0
        quiet[lane] = unheard
        chosen[row + lane] = passed


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
        detect[D.speak_policy + lane] = spoken
        detect[D.speak_leader + lane] = spoken
        detect[D.fall_silent + lane] = 0.0
        detect[D.resign + lane] = vacated
        detect[D.resign_refused + lane] = refused
        detect[D.leave + lane] = moved
        detect[D.leave_refused + lane] = refused
        detect[D.return_ + lane] = moved
        detect[D.rejoin + lane] = vacated
        detect[D.join_plot + lane] = 0.0
        detect[D.dismissed + lane] = removed
        detect[D.punished + lane] = removed


@mechanism
def happened(chosen, row):
    """In how many lanes an actor did something; whole numbers, because their sum needs no order."""
    found = 0
    for lane in range(LANE_COUNT):
        found += 1 if chosen[row + lane] < N_ACTS else 0
    return found


@phase
def impose(rates, detect, quiet, chosen, row, act, ratio, replicates, seed, step, entity, weight, included):
    """Condition on a reported act: take it as true with chance ratio / (1 + ratio), and weight accordingly.

    ratio is the likelihood ratio of the reports (infinite for a confirmed act), quoted at REFERENCE_CHANCE.
    weight[lane] gains the log importance weight; included[lane] records the choice.
    """
    certain = math.isinf(ratio)
    share = 1.0 if certain else ratio / (1.0 + ratio)
    for lane in range(LANE_COUNT):
        k = np.uint64(act) * LANE_COUNT + lane
        taken = rates[np.uint64(act) * RATE_STRIDE + row + lane]
        u, _ = uniform_pair(seed, PAIR_INCLUSION, replicates[strand(entity) + lane], step, entity)
        reported = detect[k] if detect[k] > 1e-6 else 1e-6
        if u < share:
            chosen[row + lane] = float(act)
            weight[lane] += math.log(taken * reported + 1e-300) - math.log(share)
            included[lane] = 1.0
        else:
            weight[lane] += (
                math.log(quiet[lane]) + math.log(reported * REFERENCE_CHANCE / ratio) - math.log(1.0 - share)
            )
            included[lane] = 0.0


@phase
def count(state, passing, actors, i, place, chosen, row, tallies):
    """Running sums behind the pattern table; called before the consequences."""
    base = i * STATE_STRIDE
    actor = load_actor(actors, i)
    owner = 1.0 if actor.wealth_start >= OWNER_WEALTH else 0.0
    for lane in range(LANE_COUNT):
        act = chosen[row + lane]
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
        tallies[T.moved_loss + lane] += moved * passing[place + F.loss + lane]
        tallies[T.moved_roots + lane] += moved * actor.roots_abroad


@phase
def enact(state, theta, actors, i, chosen, row):
    """Consequences of the chosen acts for the actor's own flags and fortune; the codes are those of `Act`."""
    base = i * STATE_STRIDE
    actor = load_actor(actors, i)
    holder = 1.0 if actor.rank > 0.0 else 0.0
    for lane in range(LANE_COUNT):
        act = chosen[row + lane]
        s = load_lasting(state, base, lane)
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
