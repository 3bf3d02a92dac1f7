"""What the hazard is a function of, all known before the row's month or year.

A missing value becomes the mean of the rows the model was fitted on (0 after standardising). Groups:
  coup history    attempts in 60 months (6 at most), recency exp(-months/12), /48, /150, ln(1 + years since)
  leader          ln(1 + years in office), the same beyond 7 years, age under 50 and over 65, military career
  regime          kind (REIGN/GWF), ln(1 + years), autocracy, electoral democracy and its square
  society         ln GDP per head, growth up and down, ln population, civil and interstate war
  institutions    V-Dem: military, party and hereditary dimension, physical violence, civil society, corruption, law,
                  expression, judges, legislature
  time            decades from 1990, held at the last year the model was fitted on: no trend is extrapolated
Counts of GSDB sanctions and WhoGov's cabinets are left out: their terms do not allow to ship what derives from them.
"""

import numpy as np

from fronde.hazard.panel import Floats, Panel

REGIMES = (
    "parliamentary", "presidential", "party-based", "personal", "monarchy", "party-personal", "military",
    "military personal", "party-personal-military", "party-military", "foreign-occupied", "oligarchy", "provisional",
    "indirect military", "warlordism", "provisional military",
)  # fmt: skip
VDEM = (
    "v2x_ex_military_l1", "v2x_ex_party_l1", "v2x_ex_hereditary_l1", "v2x_clphy_l1", "v2xcs_ccsi_l1", "v2x_pubcorr_l1",
    "v2x_rule_l1", "v2x_freexp_altinf_l1", "v2x_jucon_l1", "v2xlg_legcon_l1",
)  # fmt: skip
NEVER = 999.0


def _years(months: Floats) -> Floats:
    return np.log1p(np.maximum(months, 0.0) / 12.0)


def features(panel: Panel) -> dict[str, Floats]:
    """Columns [rows] by name, NaN where something is not known. Time is left in years; see `design`."""
    c = panel.column
    since = np.where(c("months_since_attempt") >= NEVER, 1e4, c("months_since_attempt"))
    tenure, age, gdp, growth = _years(c("tenure_months")), c("age"), c("ln_gdppc_l1") - 8.5, c("growth_l1")
    growth = np.clip(growth, -10.0, 10.0)
    found = {
        "attempts": np.minimum(c("attempts_60m"), 6.0),
        "recent_1y": np.exp(-since / 12.0),
        "recent_4y": np.exp(-since / 48.0),
        "recent_12y": np.exp(-since / 150.0),
        "ln_since": _years(np.minimum(since, 480.0)),
        "ln_tenure": tenure,
        "tenure_7y": np.maximum(tenure - np.log(8.0), 0.0),
        "young": np.clip((50.0 - age) / 10.0, 0.0, 2.0),
        "old": np.clip((age - 65.0) / 10.0, 0.0, 2.5),
        "military_career": c("military_career"),
        "ln_regime": _years(c("regime_months")),
        "autocracy": c("autocracy"),
        "polyarchy": c("polyarchy_l1"),
        "polyarchy2": c("polyarchy_l1") ** 2,
        "gdp": np.clip(gdp, -3.0, 3.0),
        "gdp_rich": np.maximum(gdp - 1.0, 0.0),
        "slump": np.maximum(-growth, 0.0) / 5.0,
        "boom": np.maximum(growth, 0.0) / 5.0,
        "population": c("ln_pop_l1") - 9.0,
        "interstate": _flag(c("interstate_l1"), 0.0),
        "civil": _flag(c("civil_l1"), 0.0),
        "civil_war": _flag(c("civil_l1"), 1.0),
        **{name.removesuffix("_l1"): c(name) for name in VDEM},
    }
    if panel.unit == "month":
        found["vote_before"] = c("vote_last6m")
    kind = panel.texts.get("regime_type", np.full(panel.size, ""))
    for name in REGIMES:
        found[f"regime: {name}"] = np.where(kind == "", np.nan, (kind == name).astype(np.float64))
    found["decades"] = (c("year") - 1990.0) / 10.0
    return found


def _flag(values: Floats, above: float) -> Floats:
    return np.where(np.isnan(values), np.nan, (values > above).astype(np.float64))
