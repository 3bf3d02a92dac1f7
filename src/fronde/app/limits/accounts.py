"""Accounts: every act is open to who does it, stocks equal flows at every step, and equal variants give equal runs."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fronde.app.limits.hazards import mixed_elite
from fronde.app.limits.row import Row
from fronde.app.limits.toy import default, play
from fronde.domain.state import ACTOR_FIELDS, GROUP_SERIES, LEADER_EVENTS, WORLD_FIELDS, Act
from fronde.engine.layout import N_ACTS
from fronde.engine.run import Ensemble
from fronde.engine.schedule import Inputs

Flags = NDArray[np.bool_]
PLOTTING = list(WORLD_FIELDS).index("plot_coercion")
IN_POWER = list(WORLD_FIELDS).index("in_power")
FORTUNE = list(GROUP_SERIES).index("fortune")
LIVELY = {  # everything happens often enough for every flag to be set and cleared
    "speak_policy_base": -5.0, "speak_leader_base": -6.0, "speak_silent_base": -4.0, "resign_base": -5.0,
    "resign_rejoin_base": -4.0, "leave_base": -5.0, "leave_return_base": -4.0, "plot_base": -5.0,
    "leader_dismiss_base": -5.5, "repression_critic": -3.0, "repression_exile": -4.0, "repression_rival": -6.0,
    "plot_attempt_rate": 1.0, "frailty_sd": 0.6,
}  # fmt: skip


@dataclass
class Ledger:
    """Flags of every actor and run [N, R], kept from acts alone by rules written down a second time."""

    office: Flags
    abroad: Flags
    punished: Flags
    plotting: Flags
    voice: NDArray[np.int64]
    holder: Flags  # [N, 1] holds a rank, so may come back to office
    able: Flags  # [N, 1] has force, or five times the mean political weight

    def closed(self, act: NDArray[np.int8]) -> int:
        """Number of acts in [N, R] that were not open to who is said to have done them."""
        free = ~self.abroad & ~self.punished
        open_to = {
            Act.SPEAK_POLICY: self.voice == 0, Act.SPEAK_LEADER: self.voice < 2, Act.FALL_SILENT: self.voice > 0,
            Act.RESIGN: self.office, Act.RESIGN_REFUSED: self.office, Act.LEAVE: ~self.abroad,
            Act.LEAVE_REFUSED: ~self.abroad, Act.RETURN: self.abroad & ~self.punished,
            Act.REJOIN: ~self.office & free & self.holder, Act.JOIN_PLOT: ~self.plotting & free & self.able,
            Act.DISMISSED: self.office, Act.PUNISHED: ~self.punished,
        }  # fmt: skip
        return int(sum(((act == kind) & ~allowed).sum() for kind, allowed in open_to.items()))

    def enter(self, act: NDArray[np.int8]) -> None:
        """Carry the acts [N, R] of one step."""
        self.voice[act == Act.SPEAK_POLICY] = 1
        self.voice[act == Act.SPEAK_LEADER] = 2
        self.voice[act == Act.FALL_SILENT] = 0
        self.office &= ~np.isin(act, (Act.RESIGN, Act.LEAVE, Act.DISMISSED, Act.PUNISHED))
        self.office |= act == Act.REJOIN
        self.abroad = (self.abroad | (act == Act.LEAVE)) & (act != Act.RETURN)
        self.punished |= act == Act.PUNISHED
        self.plotting = (self.plotting | (act == Act.JOIN_PLOT)) & (act != Act.PUNISHED)


def open_ledger(inputs: Inputs, runs: int) -> Ledger:
    """Flags on the eve of the onset."""
    n = inputs.actors.shape[0]
    field = {name: inputs.actors[:, k, None] for k, name in enumerate(ACTOR_FIELDS)}
    nothing = np.zeros((n, runs), dtype=bool)
    return Ledger(
        office=np.repeat(inputs.in_office[:, None] > 0.0, runs, axis=1), abroad=nothing.copy(),
        punished=nothing.copy(), plotting=nothing.copy(), voice=np.zeros((n, runs), dtype=np.int64),
        holder=field["rank"] > 0.0, able=(field["coercion"] > 0.0) | (field["weight"] * n > 5.0),
    )  # fmt: skip


def audit(inputs: Inputs, played: Ensemble) -> dict[str, float]:
    """Follow all acts of an ensemble: what does not add up, by kind. All must be 0 (force: a rounding of float32)."""
    ledger = open_ledger(inputs, played.counts.shape[3])
    coercion = inputs.actors[:, list(ACTOR_FIELDS).index("coercion")]
    member = inputs.groups[:, None] == np.arange(inputs.n_groups, dtype=np.uint64)[None, :]
    closed, uncounted, after, force = 0, 0, 0, 0.0
    ruled = np.ones(played.counts.shape[3], dtype=bool)
    for step, act in enumerate(played.acts):
        closed += ledger.closed(act)
        ledger.enter(act)
        counted = np.stack([member.T.astype(np.int64) @ (act == kind) for kind in range(N_ACTS)])
        uncounted += int(np.abs(counted - played.counts[step]).sum())
        after += int((act[:, ~ruled] < N_ACTS).sum())
        force = max(force, float(np.abs(coercion @ ledger.plotting - played.series[step, PLOTTING]).max()))
        ruled = played.series[step, IN_POWER] > 0.0
    removed = np.isfinite(played.events[LEADER_EVENTS.index("removed")])
    return {
        "acts not open to who did them": float(closed), "acts missing from the counts": float(uncounted),
        "acts after the leader's fall": float(after), "plotting force": force,
        "runs whose leader fell without an event, or the other way round": float((removed == ruled).sum()),
    }  # fmt: skip


def fortunes_apart(inputs: Inputs, played: Ensemble, share: float) -> float:
    """Largest relative difference between recorded fortunes and those kept from imposed ratios and punishments."""
    n, runs = inputs.actors.shape[0], played.counts.shape[3]
    start = inputs.actors[:, 0, None] * np.ones((n, runs))
    abroad = start * inputs.actors[:, 1, None]
    home = start - abroad
    member = inputs.groups[:, None] == np.arange(inputs.n_groups, dtype=np.uint64)[None, :]
    apart = 0.0
    for step, act in enumerate(played.acts):
        home, abroad = home * inputs.ratio[step][:, None], abroad * inputs.ratio[step][:, None]
        home = np.where(act == Act.PUNISHED, home * (1.0 - share), home)
        kept = member.T.astype(np.float64) @ (home + abroad)
        apart = max(apart, float(np.abs(played.groups[step, FORTUNE] / kept - 1.0).max()))
    return apart


def lively() -> Inputs:
    """The mixed elite with fortunes imposed at every step."""
    inputs = mixed_elite(7.0)
    steps, n = inputs.days.size, inputs.actors.shape[0]
    moves = np.random.default_rng(2).uniform(0.9, 1.1, (steps, n))
    return inputs._replace(n_observed=steps, ratio=moves, listed=np.zeros((steps, n)))


def stocks_and_flows() -> Iterator[Row]:
    """Follow every act of 300 lively runs, and every fortune."""
    inputs, share = lively(), 0.25
    played = play(inputs, default(300, wealth_expropriated_share=share, **LIVELY), with_acts=True)
    for name, amount in audit(inputs, played).items():
        yield Row(f"accounts: {name}", 0.0, amount, 1e-6 if name == "plotting force" else 0.0)
    yield Row("accounts: fortunes, largest relative difference", 0.0, fortunes_apart(inputs, played, share), 1e-6)
    odd = sum(int((~np.isfinite(part)).sum()) for part in (played.series, played.groups, played.tallies))
    yield Row("accounts: figures that are not finite", 0.0, float(odd), 0.0)


def variants() -> Iterator[Row]:
    """Two variants that are built apart but say the same differ by nothing at all."""
    one, other = (play(mixed_elite(7.0), default(200, **LIVELY)) for _ in range(2))
    apart = max(float(np.abs(a - b).max()) for a, b in ((one.counts, other.counts), (one.series, other.series)))
    yield Row("an identical variant: largest difference", 0.0, apart, 0.0)
