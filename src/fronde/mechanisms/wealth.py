"""Fortunes: sanctions freeze the foreign part, the market moves the rest, the state can take it.

    d ln W_i = beta * d ln M + idio_vol * sqrt(dt) * noise           after the last observed fortune
    frozen' = frozen + (cap - frozen) * (1 - exp(-dt / freeze_days)) while designated; thaws alike when lifted
    usable  = domestic + foreign * (1 - frozen)                      [USD bn]
    loss    = max(0, ln((start + floor) / (usable + floor)))         [1]
    designation hazard = exp(designation_base + designation_by_wealth * ln(1 + W)) * sanctions   [1/day]
Up to the last observation the path of W is imposed from data; market and noise take over after it.
Sources: ahn_ludema2020 (losses of sanctioned firms); cedar2026 (expropriation). The functional forms are our choice.
"""

from fronde.domain.jit import mechanism
from fronde.domain.maths import clip, exp, log, log1p
from fronde.domain.params import LogNormal, Normal, Param

# fmt: off
PARAMS = (
    Param("wealth.freeze_days", "day", 14.0, LogNormal(14.0, 0.5), (1.0, 120.0), "assumption",
          "time to freeze what a listing reaches; banks comply within weeks", scope="case"),
    Param("wealth.designation_base", "ln(1/day)", -7.5, Normal(-7.5, 0.7), (-12.0, -3.0), "assumption",
          "further listings of an owner of no fortune; the first weeks of 2022 ran far above this", scope="case"),
    Param("wealth.designation_by_wealth", "1", 0.6, Normal(0.6, 0.3), (-0.5, 2.0), "assumption",
          "richer owners are listed sooner"),
    Param("wealth.market_vol", "1/sqrt(day)", 0.012, LogNormal(0.012, 0.3), (0.001, 0.1), "forbes_daily",
          "volatility of the total of fortunes; about .010 in calm months of 2021, far more in March 2022",
          scope="case"),
    Param("wealth.market_drift", "1/day", 0.0, Normal(0.0, 0.0005), (-0.005, 0.005), "assumption",
          "no view on the direction of the market", scope="case"),
    Param("wealth.market_by_escalation", "1", -0.12, Normal(-0.12, 0.06), (-0.6, 0.1), "assumption",
          "jump of the market when all-out war or mobilisation is announced", scope="case"),
    Param("wealth.market_by_sanctions", "1/day", -0.0007, Normal(-0.0007, 0.0004), (-0.005, 0.001), "assumption",
          "extra drift per unit of sanctions above (or below) those enacted"),
    Param("wealth.idio_vol", "1/sqrt(day)", 0.015, LogNormal(0.015, 0.3), (0.001, 0.1), "forbes_daily",
          "own risk of one fortune beside the market"),
    Param("wealth.expropriated_share", "1", 0.25, Normal(0.25, 0.12), (0.0, 1.0), "cedar2026",
          "part of the domestic fortune lost when the state punishes"),
    Param("wealth.adapted", "1", 0.2, Normal(0.2, 0.08), (0.0, 1.0), "assumption",
          "part of the foreign holdings that owners listed before the onset still kept in reach of sanctions",
          scope="case"),
    Param("wealth.floor", "USD bn", 0.02, LogNormal(0.02, 0.5), (0.001, 0.5), "assumption",
          "wealth below which a loss is not felt as a loss of fortune"),
)
# fmt: on


@mechanism
def usable(state):
    """Wealth that can be used [USD bn]."""
    return state.domestic + state.foreign * (1.0 - state.frozen)


@mechanism
def portable(state):
    """Wealth that can be taken along [USD bn]: what is abroad and not frozen."""
    return state.foreign * (1.0 - state.frozen)


@mechanism
def loss(p, actor, state):
    """Loss in log units, never negative."""
    ratio = (actor.wealth_start + p.wealth_floor) / (usable(state) + p.wealth_floor)
    return log(ratio if ratio > 1.0 else 1.0)


@mechanism
def frozen_share(p, world, dt):
    """Part of the way to frozen (or thawed) covered in dt days; levels of sanctions above 1 freeze faster."""
    speed = 1.0 if world.sanctions < 1.0 else world.sanctions
    return 1.0 - exp(-dt * speed / p.wealth_freeze_days)


@mechanism
def freeze(pace, state, world):
    """Frozen part after a step; a level of sanctions of 0 thaws it."""
    target = state.designated * clip(world.sanctions, 0.0, 1.0)
    return state.frozen + (target - state.frozen) * pace.frozen_share


@mechanism
def designation_rate(p, actor, state, world):
    """Hazard of a new listing [1/day] for an owner of a fortune."""
    fortune = state.domestic + state.foreign
    owner = 1.0 if actor.wealth_start > 0.1 else 0.0
    log_rate = p.wealth_designation_base + p.wealth_designation_by_wealth * log1p(fortune)
    return owner * (1.0 - state.designated) * world.sanctions * exp(log_rate)


@mechanism
def market_step(p, world, dt, root_dt, noise):
    """Change of the log market over dt days."""
    drift = p.wealth_market_drift + p.wealth_market_by_sanctions * (world.sanctions - 1.0)
    return drift * dt + p.wealth_market_vol * root_dt * noise
