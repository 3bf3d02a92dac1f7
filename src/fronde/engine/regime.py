"""The phases of a step that run over the regime: what the leader hears, does, and what becomes of him."""

import math

import numpy as np

from fronde.domain.draws import Decision, normal_pair, uniform_pair
from fronde.domain.jit import phase
from fronde.domain.maths import clip, exp
from fronde.domain.state import GROUP_SERIES
from fronde.engine.layout import (
    LANE_COUNT,
    N_GROUP_SERIES,
    N_PACE,
    PASSING_STRIDE,
    SHOWN_STRIDE,
    STATE_STRIDE,
    V,
    W,
    load_actor,
    load_state,
    load_world,
    params_of,
    shared_strand,
    strand,
)
from fronde.mechanisms import (
    battlefield,
    information,
    leader,
    perception,
    plot,
    public,
    repression,
    wealth,
)
from fronde.mechanisms.frailty import frailty_start, frailty_step
from fronde.mechanisms.pace import pace as pace_of
from fronde.mechanisms.shock import fade_shock, mean_shock

ZERO = np.uint64(0)
OUTSIDE = params_of("wealth", "battlefield", "public", "repression", "shock")
PACES = params_of("grievance", "leader", "wealth", "perception", "leave", "resign", "repression")
SEEN = params_of("perception")
COMMON = params_of("frailty")
HEARING = params_of("information")
COURT = params_of("information", "public")
LEADER = params_of("leader")
REACTION = params_of("leader", "repression", "wealth")
PLOTS = params_of("plot", "repression")
TOP = np.uint64(0xFFFFFFFFFFFF)  # the entity of the regime itself; identifiers hash to anything but this in practice
TOP_STRAND = strand(TOP)
PAIR_LEADER = np.uint64(Decision.LEADER >> 1)
PAIR_WORLD = np.uint64(Decision.MARKET >> 1)
PAIR_FRAILTY = np.uint64(Decision.FRAILTY >> 1)
PAIR_PLOT = np.uint64(Decision.PLOT_ATTEMPT >> 1)
N_SUMS = 8
GROUP_COUNT = np.uint64(N_GROUP_SERIES)
assert list(GROUP_SERIES)[:4] == ["fortune", "usable", "private", "hawkish"]


@phase
def exogenous(
    world, theta, replicates, market_change, observed, market, front, shock, sanctions, refusals, seed, step, dt
):
    """Market and conflict: imposed while observed (values at the end of the step), simulated after; levers."""
    root_dt = math.sqrt(dt)
    for lane in range(LANE_COUNT):
        p = OUTSIDE(theta, ZERO, lane)
        z_market, z_front = normal_pair(seed, PAIR_WORLD, replicates[TOP_STRAND + lane], step, TOP)
        world[W.sanctions + lane] = sanctions
        world[W.refusals + lane] = refusals
        w = load_world(world, ZERO, lane)
        change = (
            market - w.market if observed else wealth.market_step(p, w, dt, root_dt, z_market) + market_change[lane]
        )
        moved = front if observed else battlefield.battlefield_step(p, w, dt, z_front) + shock
        market_change[lane] = change
        world[W.market + lane] = w.market + change
        world[W.battlefield + lane] = moved
        world[W.conscripts + lane] = battlefield.arriving(p, w.conscripts, dt)
        world[W.mobilised + lane] = w.mobilised * exp(-dt / p.public_draft_days)
        world[W.repression + lane] = repression.repression_step(p, w.repression, dt)
        world[W.shock + lane] = mean_shock(p, w.fresh, dt)
        world[W.fresh + lane] = fade_shock(p, w.fresh, dt)
        world[W.day + lane] = w.day + dt


@phase
def renew(world, freshness):
    """An event in public makes the shock as fresh as `freshness` again; it never makes it staler."""
    for lane in range(LANE_COUNT):
        before = world[W.fresh + lane]
        world[W.fresh + lane] = freshness if freshness > before else before


@phase
def frailties(world, theta, replicates, seed, step, dt, first):
    """The frailty that everybody shares, once per run and step; `first`: its draw on the eve."""
    own = shared_strand(step)
    for lane in range(LANE_COUNT):
        p = COMMON(theta, ZERO, lane)
        noise, _ = normal_pair(seed, PAIR_FRAILTY, replicates[own + lane], step, TOP)
        before = world[W.frailty + lane]
        world[W.frailty + lane] = frailty_start(p, noise) if first else frailty_step(p, before, dt, noise)


@phase
def paces(world, theta, pace, dt):
    """What depends on the run and the step alone, once for all actors; after `exogenous`."""
    for lane in range(LANE_COUNT):
        found = pace_of(PACES(theta, ZERO, lane), load_world(world, ZERO, lane), dt)
        for k in range(N_PACE):
            pace[np.uint64(k) * LANE_COUNT + lane] = found[k]


@phase
def fold(
    state, passing, shown, world, theta, actors, first, last, groups, sums, by_group, heard_by_group, total_visibility
):
    """Add a tile of actors, in their fixed order: what is heard, what presses, what shows, and the group series; and
    leave in `shown` what their ties will read in the next step.

    The three arrays of sums are 0 before the first tile.
    """
    for i in range(first, last):
        base, place = i * STATE_STRIDE, (i - first) * PASSING_STRIDE
        actor = load_actor(actors, i)
        g = groups[i] * LANE_COUNT
        for lane in range(LANE_COUNT):
            p = HEARING(theta, ZERO, lane)
            s = load_state(state, base, passing, place, lane)
            w = load_world(world, ZERO, lane)
            omega = information.listening_weight(p, actor, s, w)
            told = omega * information.report(p, s)
            present = actor.weight * (1.0 - s.abroad)
            sums[lane] += omega
            sums[LANE_COUNT + lane] += told
            sums[np.uint64(2) * LANE_COUNT + lane] += omega * actor.salience
            sums[np.uint64(3) * LANE_COUNT + lane] += omega * actor.salience * actor.position
            sums[np.uint64(4) * LANE_COUNT + lane] += present
            sums[np.uint64(5) * LANE_COUNT + lane] += present * s.private
            sums[np.uint64(6) * LANE_COUNT + lane] += actor.coercion * s.plotting
            sums[np.uint64(7) * LANE_COUNT + lane] += actor.visibility * s.display / total_visibility
            heard_by_group[g + lane] += told
        row = groups[i] * GROUP_COUNT * LANE_COUNT
        for lane in range(LANE_COUNT):
            s = load_state(state, base, passing, place, lane)
            hawk = 1.0 if actor.position > world[W.policy + lane] else 0.0
            by_group[row + lane] += s.domestic + s.foreign
            by_group[row + LANE_COUNT + lane] += wealth.usable(s)
            by_group[row + np.uint64(2) * LANE_COUNT + lane] += s.private
            by_group[row + np.uint64(3) * LANE_COUNT + lane] += s.private * hawk
            by_group[row + np.uint64(4) * LANE_COUNT + lane] += s.dependence
            by_group[row + np.uint64(5) * LANE_COUNT + lane] += s.loss
        out = i * SHOWN_STRIDE
        for lane in range(LANE_COUNT):
            s = load_state(state, base, passing, place, lane)
            shown[out + V.visible + lane] = perception.visible(SEEN(theta, ZERO, lane), s)
            shown[out + V.private + lane] = s.private
            shown[out + V.punished + lane] = s.punished


@phase
def hear(world, theta, sums, dt):
    """Discontent heard and true, pressure, threat, isolation, and the public, from the folded sums."""
    for lane in range(LANE_COUNT):
        p = COURT(theta, ZERO, lane)
        heard = sums[LANE_COUNT + lane] / (sums[lane] + 1e-300)
        cared = sums[np.uint64(2) * LANE_COUNT + lane]
        world[W.heard + lane] = heard
        world[W.signal + lane] = sums[np.uint64(7) * LANE_COUNT + lane]
        pressing = sums[np.uint64(3) * LANE_COUNT + lane] / cared if cared > 0.0 else world[W.policy + lane]
        world[W.pressure + lane] = pressing
        world[W.true_discontent + lane] = sums[np.uint64(5) * LANE_COUNT + lane] / (
            sums[np.uint64(4) * LANE_COUNT + lane] + 1e-300
        )
        world[W.plot_coercion + lane] = sums[np.uint64(6) * LANE_COUNT + lane]
        world[W.threat + lane] = information.threat(p, heard, world[W.signal + lane])
        world[W.isolation + lane] = information.isolation_step(p, load_world(world, ZERO, lane), dt)
        world[W.approval + lane] = public.approval(p, load_world(world, ZERO, lane))
        world[W.poll + lane] = public.poll(p, load_world(world, ZERO, lane))


@phase
def decide(world, theta, replicates, seen, imposed, imposed_day, focal_days, seed, step, dt, weight, option, offset):
    """The leader's option of the step (6 for none) and the day it falls on.

    seen[k] is 1.0 where the option could not have escaped notice (0.0 after the last observed step); imposed is the
    option on record for this step or -1; focal_days[d] is 1.0 where day d of the step invites announcements.
    """
    focal = 0.0
    for day in range(focal_days.size):
        focal += focal_days[day]
    for lane in range(LANE_COUNT):
        p = LEADER(theta, ZERO, lane)
        w = load_world(world, ZERO, lane)
        r = leader.leader_rates(p, w)
        announced = dt + (p.leader_focal_multiplier - 1.0) * focal
        mass = (r[0] * announced, r[1] * announced, r[2] * announced, r[3] * dt, r[4] * dt, r[5] * dt)
        total = (mass[0] + mass[1] + mass[2] + mass[3] + mass[4] + mass[5]) * w.in_power
        scale = (1.0 - exp(-total)) / (total + 1e-300) * w.in_power
        u, v = uniform_pair(seed, PAIR_LEADER, replicates[TOP_STRAND + lane], step, TOP)
        silent = 1.0
        for k in range(6):
            silent -= mass[k] * scale * seen[k]
        if imposed >= 0 and w.in_power > 0.0:
            weight[lane] += math.log(mass[imposed] * scale + 1e-300)
            option[lane] = float(imposed)
            offset[lane] = imposed_day
            continue
        weight[lane] += math.log(max(silent, 1e-12))
        cumulated = 0.0
        chosen = 0.0
        for k in range(6):
            cumulated += mass[k] * scale * (1.0 - seen[k])
            chosen += 1.0 if cumulated <= u * silent else 0.0
        option[lane] = chosen
        offset[lane] = _day(v, chosen < 3.0, p.leader_focal_multiplier, focal_days, dt)


@phase
def _day(v, announcement, multiplier, focal_days, dt):
    """Day within the step [0, dt), drawn in proportion to the hazard of each day."""
    if not announcement:
        return v * dt
    total = 0.0
    for day in range(focal_days.size):
        total += min(1.0, dt - day) + (multiplier - 1.0) * focal_days[day]
    passed = 0.0
    for day in range(focal_days.size):
        width = min(1.0, dt - day)
        share = width + (multiplier - 1.0) * focal_days[day]
        if v * total <= passed + share:
            return day + width * (v * total - passed) / share
        passed += share
    return dt


@phase
def react(world, theta, heard_by_group, option, lane, market_change, dt):
    """Consequences of the leader's option in one run."""
    p = REACTION(theta, ZERO, lane)
    k = option[lane]
    world[W.purge + lane] = 7.0 / dt if k == 5.0 else 0.0
    world[W.favoured + lane] = -1.0
    if k == 0.0:
        world[W.policy + lane] = clip(world[W.policy + lane] + p.leader_declare_step, -1.0, 1.0)
        world[W.war_declared + lane] = 1.0
        world[W.fresh + lane] = 1.0
        market_change[lane] += p.wealth_market_by_escalation
    elif k == 1.0:
        world[W.policy + lane] = clip(world[W.policy + lane] + p.leader_mobilise_step, -1.0, 1.0)
        world[W.conscripts + lane] = 1.0
        world[W.fresh + lane] = 1.0
        world[W.mobilised + lane] = 1.0
        market_change[lane] += p.wealth_market_by_escalation
    elif k == 2.0:
        world[W.policy + lane] = clip(world[W.policy + lane] - p.leader_limit_step, -1.0, 1.0)
    elif k == 3.0:
        world[W.repression + lane] = repression.crackdown(p, world[W.repression + lane])
    elif k == 4.0:
        loudest = -1.0
        for g in range(np.uint64(heard_by_group.size) // LANE_COUNT):
            told = heard_by_group[g * LANE_COUNT + lane]
            if told > loudest:
                loudest = told
                world[W.favoured + lane] = float(g)


@phase
def strike(world, theta, replicates, quiet_required, seed, step, dt, weight, attempt, outcome):
    """Coup attempts: attempt[lane] 1.0 if one happened, outcome[lane] 1.0 if it removed the leader.

    While observed none happened, so its survival probability enters the weight instead.
    """
    for lane in range(LANE_COUNT):
        p = PLOTS(theta, ZERO, lane)
        w = load_world(world, ZERO, lane)
        u, v = uniform_pair(seed, PAIR_PLOT, replicates[TOP_STRAND + lane], step, TOP)
        rate = plot.attempt_rate(p, w)
        attempt[lane] = 0.0
        outcome[lane] = 0.0
        if quiet_required:
            weight[lane] -= rate * dt
        elif u < 1.0 - exp(-rate * dt):
            attempt[lane] = 1.0
            if v < plot.success_chance(p, w):
                outcome[lane] = 1.0
                world[W.in_power + lane] = 0.0
            else:
                world[W.repression + lane] = repression.crackdown(p, w.repression)
                world[W.purge + lane] = 7.0 / dt
