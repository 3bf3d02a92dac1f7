"""Two coders: how far they agree on each variable, and the claims on which they do not.

The first coding is the claim itself; others are rows of `codings`, given without having seen it. Agreement is
Krippendorff's alpha for nominal data (library `krippendorff`, extra `ledger`): 1 perfect, 0 what chance would give.
Krippendorff (2019): at least .80 to rely on, .667 for tentative conclusions.
"""

from collections import defaultdict
from typing import Any

from fronde.evidence.cells import columns_of, read_cell
from fronde.evidence.rows import Claim
from fronde.ledger.edits import By, add, refuse, require
from fronde.ledger.sheets import Sheets
from fronde.scenario.problems import CaseError, quoted, suggestion

CODED = "claim_type event_class polarity modality quote_kind group count_qualifier reliability drift"
VARIABLES = frozenset(CODED.split())


def code(sheets: Sheets, claim: str, codes: dict[str, str], by: By) -> Sheets:
    """A second coding of a claim; the claim is not touched. Raises CaseError for a word that is not in the codebook."""
    require(sheets, "claims", claim)
    specs = {spec.name: spec for spec in columns_of(Claim)}
    for name, value in codes.items():
        if name not in VARIABLES:
            remedy = suggestion(name, CODED.split(), f"one of {CODED}")
            raise refuse(f"{quoted(name)} is not coded twice", "a coded variable", remedy, "codings")
        try:
            read_cell(specs[name], value)
        except ValueError as error:
            raise refuse(f"{name}: {error}", "a word of the codebook", "choose one", "codings") from None
    rows = [
        {"id": f"{claim}-{name}-{by.coder}", "claim": claim, "variable": name, "value": value}
        for name, value in codes.items()
    ]
    return add(sheets, {"codings": rows}, by, "accepted")


def codings(sheets: Sheets) -> dict[str, dict[str, dict[str, str]]]:
    """variable -> claim -> coder -> value, of claims that more than one coder has coded."""
    claims = {row["id"]: row for row in sheets.rows("claims")}
    found: dict[str, dict[str, dict[str, str]]] = {name: defaultdict(dict) for name in CODED.split()}
    for row in sheets.rows("codings"):
        claim, name = claims.get(row["claim"]), row["variable"]
        if claim is not None and name in VARIABLES and row["coder"] != claim.get("coder"):
            found[name][row["claim"]].setdefault(claim.get("coder", ""), claim.get(name, ""))
            found[name][row["claim"]][row["coder"]] = row["value"]
    return found


def agreement(sheets: Sheets) -> list[dict[str, Any]]:
    """Per variable: alpha (None if nothing varies), number of claims coded twice, and the disputed ones."""
    rows = []
    for name, claims in codings(sheets).items():
        if claims:
            disputed = sorted(claim for claim, values in claims.items() if len(set(values.values())) > 1)
            rows.append({"variable": name, "alpha": alpha(claims), "claims": len(claims), "disputed": disputed})
    return rows


def alpha(claims: dict[str, dict[str, str]]) -> float | None:
    """Krippendorff's alpha, nominal; None where all values are one word, for then nothing can be learnt."""
    words = sorted({value for values in claims.values() for value in values.values()})
    if len(words) < 2:
        return None
    try:
        import krippendorff
    except ImportError:
        message = 'agreement needs the library krippendorff: python -m pip install "fronde[ledger]"'
        raise CaseError(refuse(message, "the extra `ledger`", "install it").problems) from None
    coders = sorted({coder for values in claims.values() for coder in values})
    # As numbers, not words: `*` is the library's own sign of a missing value.
    table = [[float(words.index(values[coder])) if coder in values else float("nan") for values in claims.values()]
             for coder in coders]  # fmt: skip
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))
