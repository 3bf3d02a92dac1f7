"""The same part of the model in plain Python, once: for arrays (NumPy) and for single agents (Mesa).

`ops` is where the two differ: numpy's functions, or those of `math` with an `if`. Chance is the library's own, so the
runs agree with the engine's in distribution, not in bits.
"""

import math
from types import SimpleNamespace

import mesa
import numpy as np

from fronde.domain.state import ACTOR_FIELDS, STATE_FIELDS, WORLD_FIELDS
from fronde.engine.schedule import Inputs
from fronde.mechanisms.registry import Params

ARRAYS = SimpleNamespace(where=np.where, exp=np.exp, log=np.log)
NUMBERS = SimpleNamespace(where=lambda test, yes, no: yes if test else no, exp=math.exp, log=math.log)


def begin(s, a, p, noise) -> None:
    """State on the eve of the onset."""
    s.foreign = a.wealth_start * a.foreign_share
    s.domestic = a.wealth_start - s.foreign
    s.in_office = s.in_office + (a.rank > 0.0)
    s.mood = p.grievance_mood_sd * noise


def assess(s, a, p, w, ops, noise, favoured, dt) -> None:
    """Mood, loss, dependence, fear, grievance, private discontent, what is shown and perceived."""
    keep = ops.exp(-p.grievance_mood_rate * dt)
    s.mood = keep * s.mood + p.grievance_mood_sd * (1.0 - keep * keep) ** 0.5 * noise
    usable = s.domestic + s.foreign * (1.0 - s.frozen)
    ratio = (a.wealth_start + p.wealth_floor) / (usable + p.wealth_floor)
    s.loss = ops.log(ops.where(ratio > 1.0, ratio, 1.0))
    office = p.dependence_rank_value * a.rank * s.in_office
    held = usable + office
    s.dependence = (a.state_lever * s.domestic + office) / ops.where(held > 1e-9, held, 1e-9)
    rent = s.rent * ops.exp(-dt / p.leader_favour_days) + p.leader_favour * favoured
    s.rent = ops.where(rent < 1.0, rent, 1.0)
    safety = (1.0 - p.fear_by_closeness * a.closeness) * (1.0 - p.fear_by_abroad * s.abroad)
    dread = 1.0 + p.fear_by_dependence * s.dependence + p.fear_by_example * s.examples
    s.fear = w.repression * safety * (dread + p.fear_by_refusal * s.refused)
    distance, armed = a.position - w.policy, a.coercion > 0.0
    failure = ops.where(w.battlefield < 0.0, -w.battlefield, 0.0)
    s.grievance = (
        p.grievance_loss * s.loss + p.grievance_policy * a.salience * distance * distance
        + p.grievance_life * a.roots_abroad * p.grievance_closure + p.grievance_solidarity * s.examples
        + p.grievance_failure * armed * failure - p.grievance_rent * (a.rank * s.in_office + s.rent) + s.mood
    )  # fmt: skip
    felt = ops.where(s.grievance > 0.0, s.grievance, 0.0)
    s.private = felt / (1.0 + felt)
    spoke = ops.where(s.voice > 1.5, 1.0, p.perception_show_speak) * (s.voice > 0.5)
    quitted, left = p.perception_show_resign * s.quit, p.perception_show_leave * s.abroad
    strongest = ops.where(spoke > left, spoke, left)
    rest = p.perception_lasting * ops.where(strongest > quitted, strongest, quitted)
    s.display = rest + (s.display - rest) * ops.exp(-dt / p.perception_display_days)
    target = (1.0 - p.perception_public_share) * s.circle + p.perception_public_share * w.signal
    moved = s.perceived + (target - s.perceived) * (1.0 - ops.exp(-p.perception_rate * dt))
    s.perceived = ops.where(moved < 0.0, 0.0, ops.where(moved > 1.0, 1.0, moved))


def hazards(s, a, p, w, ops, count):
    """The twelve hazards [1/day]."""
    home, out, g, f = 1.0 - s.abroad, 1.0 - s.punished, s.grievance, s.fear
    seen, trap = p.speak_by_perceived * s.perceived, p.speak_by_dependence * s.dependence
    push = p.speak_by_grievance * g
    policy = ops.exp(p.speak_policy_base + push + seen - p.speak_by_fear * f - trap) * (s.voice < 0.5)
    leader = ops.exp(p.speak_leader_base + p.speak_leader_share * push + seen
                     - p.speak_leader_factor * p.speak_by_fear * f - trap) * (s.voice < 1.5)  # fmt: skip
    silent = ops.exp(p.speak_silent_base + p.speak_by_fear * f - push) * (s.voice > 0.5)
    weigh = p.refusal_by_weight * ops.log(1.0 + count * a.weight)
    logit = p.refusal_base + p.refusal_by_rank * a.rank + weigh + p.refusal_by_threat * w.threat
    no, stay = 1.0 / (1.0 + ops.exp(-logit)), 1.0 / (1.0 + ops.exp(-logit - p.refusal_departure))
    resign = ops.exp(p.resign_base + p.resign_by_grievance * g + p.resign_by_perceived * s.perceived
                     - p.resign_by_rank * a.rank - p.resign_by_refused * s.refused) * s.in_office  # fmt: skip
    openness = p.leave_openness * (1.0 - p.leave_closing * w.repression)
    abroad = ops.log(1.0 + s.foreign * (1.0 - s.frozen)) + a.roots_abroad * openness
    leave = ops.exp(p.leave_base + p.leave_by_grievance * g + p.leave_by_exit * abroad + p.leave_by_fear * f
                    - p.leave_by_dependence * s.dependence) * home  # fmt: skip
    back = ops.exp(p.leave_return_base) * s.abroad * out
    rejoin = ops.exp(p.resign_rejoin_base) * (1.0 - s.in_office) * home * out * (a.rank > 0.0)
    able = (a.coercion > 0.0) | (a.weight * count > 5.0)
    join = ops.exp(p.plot_base + p.plot_by_grievance * g + p.plot_by_trust * s.whispers - p.plot_by_fear * f)
    join = join * able * (1.0 - s.plotting) * home * out
    failure = ops.where(w.battlefield < 0.0, -w.battlefield, 0.0)
    fired = ops.exp(p.leader_dismiss_base + p.leader_dismiss_by_voice * s.voice
                    + p.leader_dismiss_by_failure * (a.coercion > 0.0) * failure - a.closeness)  # fmt: skip
    fired = fired * s.in_office * (1.0 + (p.leader_purge_factor - 1.0) * w.purge)
    exposed = -p.plot_approaches * ops.log(1.0 - (1.0 - s.whispers) * p.plot_reporting) * s.plotting
    critic = ops.exp(p.repression_critic) * s.voice * a.visibility * (1.0 - a.closeness)
    exile = ops.exp(p.repression_exile) * s.abroad * (s.domestic > p.wealth_floor)
    rival = ops.exp(p.repression_rival - p.repression_by_capability * (1.0 + w.battlefield)) * (a.coercion > 0.0)
    struck = (w.repression * (critic + exile + rival) + exposed) * out
    return (policy, leader, silent, resign * (1.0 - no), resign * no, leave * (1.0 - stay), leave * stay, back, rejoin,
            join, fired, struck)  # fmt: skip


def choose(rates, ops, luck, dt):
    """Index of the act, 12 for none."""
    total = sum(rates)
    scale = (1.0 - ops.exp(-total * dt)) / (total + 1e-300)
    cumulated, passed = 0.0, 0
    for rate in rates:
        cumulated = cumulated + rate * scale
        passed = passed + (cumulated <= luck)
    return passed


def enact(s, a, p, ops, act) -> None:
    """Consequences of the act."""
    left, struck, pick = act == 5, act == 11, ops.where
    shown = pick(act == 0, p.perception_show_speak, pick(act == 1, 1.0, 0.0))
    shown = pick(act == 3, p.perception_show_resign, pick(left, p.perception_show_leave, shown))
    s.display = pick(shown > s.display, shown, s.display)
    s.voice = pick(act == 0, 1.0, pick(act == 1, 2.0, pick(act == 2, 0.0, s.voice)))
    s.in_office = pick((act == 3) | left | (act == 10) | struck, 0.0, s.in_office)
    s.in_office = pick(act == 8, 1.0 * (a.rank > 0.0), s.in_office)
    s.quit = pick(act == 8, 0.0, pick(act == 3, 1.0, s.quit))
    s.refused = pick((act == 4) | (act == 6), 1.0, s.refused)
    s.abroad = pick(left, 1.0, pick(act == 7, 0.0, s.abroad))
    s.plotting = pick(act == 9, 1.0, pick(struck, 0.0, s.plotting))
    s.punished = pick(struck, 1.0, s.punished)
    s.domestic = s.domestic * pick(struck, 1.0 - p.wealth_expropriated_share, 1.0)


def listen(s, a, p, w, ops):
    """Listening weight and what is told."""
    gap = a.position - w.policy
    disagreement = 0.5 * ops.where(gap > 0.0, gap, -gap)
    tilt = p.information_by_closeness * (a.closeness - 1.0) - p.information_by_agreement * disagreement
    omega = a.weight * ops.exp(w.isolation * tilt) * (1.0 - s.abroad)
    return omega, omega * s.private * ops.exp(-p.information_shading * s.fear)


def lead(p, w, ops, luck, omega, told, cared, pressed, signal, loudest, dt):
    """What the leader hears, and what he does with it."""

    def held(x, low, high):
        return ops.where(x < low, low, ops.where(x > high, high, x))

    heard = told / (omega + 1e-300)
    w.signal, pressure = signal, ops.where(cared > 0.0, pressed / (cared + 1e-300), w.policy)
    w.threat = held(heard + p.information_public_weight * signal, 0.0, 1.0)
    target = held(p.information_isolation_base + p.information_by_threat * w.threat, 0.0, 1.0)
    w.isolation = w.isolation + (target - w.isolation) * (1.0 - ops.exp(-p.information_rate * dt))
    failure = ops.where(w.battlefield < 0.0, -w.battlefield, 0.0)
    push = p.leader_by_pressure * (pressure - w.policy)
    up, threat = push + p.leader_escalate_by_failure * failure, w.threat
    rates = (
        ops.exp(p.leader_declare_base + up) * (1.0 - w.war_declared),
        ops.exp(p.leader_mobilise_base + up) * (1.0 - w.conscripts),
        ops.exp(p.leader_limit_base - push + p.leader_limit_by_failure * failure),
        ops.exp(p.leader_crackdown_base + p.leader_crackdown_by_threat * threat),
        ops.exp(p.leader_coopt_base + p.leader_coopt_by_threat * threat),
        ops.exp(p.leader_purge_base + p.leader_purge_by_threat * threat),
    )
    k = choose(rates, ops, luck, dt)
    w.purge = ops.where(k == 5, 7.0 / dt, 0.0)
    moved = ops.where(k == 0, p.leader_declare_step, ops.where(k == 1, p.leader_mobilise_step, 0.0))
    w.policy = held(w.policy + moved - ops.where(k == 2, p.leader_limit_step, 0.0), -1.0, 1.0)
    w.war_declared = ops.where(k == 0, 1.0, w.war_declared)
    w.conscripts = ops.where(k == 1, 1.0, w.conscripts)
    w.repression = ops.where(k == 3, held(w.repression + p.repression_jump, 0.0, 1.0), w.repression)
    w.favoured = ops.where(k == 4, loudest, -1)


def world(p, zero) -> SimpleNamespace:
    """The regime on the eve of the onset."""
    w = SimpleNamespace(**{name: zero for name in WORLD_FIELDS})
    w.repression, w.isolation, w.favoured = p.repression_base + zero, p.information_isolation_base + zero, zero - 1
    return w


def numpy_runs(inputs: Inputs, theta: np.ndarray, seed: int = 0) -> np.ndarray:
    """Acts [act, R] of runs side by side in arrays [N, R]; ties through scipy would help little at twelve a person."""
    n, runs, chance = inputs.actors.shape[0], theta.shape[0], np.random.default_rng(seed)
    p, a = Params(*theta.T), SimpleNamespace(**{f: inputs.actors[:, [k]] for k, f in enumerate(ACTOR_FIELDS)})
    s = SimpleNamespace(**{name: np.zeros((n, runs)) for name in STATE_FIELDS})
    w, group = world(p, np.zeros(runs)), inputs.groups.astype(np.int64)[:, None]
    begin(s, a, p, chance.standard_normal((n, runs)))
    starts, ends = inputs.indptr[:-1].astype(np.int64), inputs.indices.astype(np.int64)
    found, tie = np.zeros((12, runs), dtype=np.int64), inputs.weights[:, None]
    for dt in inputs.days:
        shown = s.display + p.perception_leak * s.private
        s.circle, s.whispers, s.examples = (
            np.add.reduceat(tie * field[ends], starts, axis=0) for field in (shown, s.private, s.punished)
        )
        assess(s, a, p, w, ARRAYS, chance.standard_normal((n, runs)), group == w.favoured, dt)
        act = choose(hazards(s, a, p, w, ARRAYS, float(n)), ARRAYS, chance.random((n, runs)), dt)
        for k in range(12):
            found[k] += (act == k).sum(axis=0)
        enact(s, a, p, ARRAYS, act)
        omega, told = listen(s, a, p, w, ARRAYS)
        voices = np.stack([told[group[:, 0] == g].sum(axis=0) for g in range(inputs.n_groups)])
        cared = omega * a.salience
        lead(p, w, ARRAYS, chance.random(runs), omega.sum(0), told.sum(0), cared.sum(0), (cared * a.position).sum(0),
             (a.visibility * s.display).sum(0) / a.visibility.sum(), voices.argmax(axis=0), dt)  # fmt: skip
    return found


class Person(mesa.Agent):
    """One actor."""

    def __init__(self, model: "Elite", k: int) -> None:
        super().__init__(model)
        for name in STATE_FIELDS:
            setattr(self, name, 0.0)
        self.fixed = SimpleNamespace(**dict(zip(ACTOR_FIELDS, model.inputs.actors[k].tolist(), strict=True)))
        self.group, self.ties = int(model.inputs.groups[k]), []
        begin(self, self.fixed, model.p, model.random.gauss(0.0, 1.0))

    def gather(self) -> None:
        """Tie-weighted means of what others show."""
        leak = self.model.p.perception_leak
        self.circle = sum(weight * (other.display + leak * other.private) for other, weight in self.ties)
        self.whispers = sum(weight * other.private for other, weight in self.ties)
        self.examples = sum(weight * other.punished for other, weight in self.ties)

    def step(self) -> None:
        """Assess, and act or not."""
        model = self.model
        a, p, w, dt = self.fixed, model.p, model.w, model.dt
        assess(self, a, p, w, NUMBERS, model.random.gauss(0.0, 1.0), self.group == w.favoured, dt)
        act = choose(hazards(self, a, p, w, NUMBERS, float(len(model.people))), NUMBERS, model.random.random(), dt)
        if act < 12:
            model.found[act] += 1
            enact(self, a, p, NUMBERS, act)


class Elite(mesa.Model):
    """One run."""

    def __init__(self, inputs: Inputs, theta: np.ndarray, seed: int) -> None:
        super().__init__(seed=seed)
        self.inputs, self.p = inputs, Params(*theta.tolist())
        self.w, self.found, self.dt = world(self.p, 0.0), [0] * 12, float(inputs.days[0])
        self.people = [Person(self, k) for k in range(inputs.actors.shape[0])]
        for k, person in enumerate(self.people):
            for tie in range(int(inputs.indptr[k]), int(inputs.indptr[k + 1])):
                person.ties.append((self.people[int(inputs.indices[tie])], float(inputs.weights[tie])))

    def step(self) -> None:
        """One step of the elite and its leader."""
        self.agents.do("gather")
        self.agents.do("step")
        omega = told = cared = pressed = signal = 0.0
        voices = [0.0] * self.inputs.n_groups
        for person in self.people:
            a = person.fixed
            weight, said = listen(person, a, self.p, self.w, NUMBERS)
            omega, told, cared = omega + weight, told + said, cared + weight * a.salience
            pressed, signal = pressed + weight * a.salience * a.position, signal + a.visibility * person.display
            voices[person.group] += said
        signal /= sum(person.fixed.visibility for person in self.people)
        lead(self.p, self.w, NUMBERS, self.random.random(), omega, told, cared, pressed, signal,
             voices.index(max(voices)), self.dt)  # fmt: skip


def mesa_run(inputs: Inputs, theta: np.ndarray, seed: int = 0) -> list[int]:
    """Acts of one run."""
    model = Elite(inputs, theta, seed)
    for _ in inputs.days:
        model.step()
    return model.found
