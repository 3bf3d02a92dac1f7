"""W3C PROV-JSON: who a claim came from and through whom.

Claims and reports are entities, sources are agents. A claim was quoted from its report and was attributed to the voice
at the end of its chain; each agent of the chain acted for the one it heard it from. Quotations and revisions are
derivations of that type, as PROV-JSON has no records of their own for them.
"""

import json
from itertools import pairwise

from fronde.ledger.sheets import Sheets


def to_prov(sheets: Sheets) -> bytes:
    """One PROV-JSON document; ids under the prefix `fronde`."""
    document: dict[str, dict] = {"prefix": {"fronde": "urn:fronde:"}, "entity": {}, "agent": {}}
    document |= {"wasDerivedFrom": {}, "wasAttributedTo": {}, "actedOnBehalfOf": {}}
    for row in sheets.rows("sources"):
        kind = {"person": "prov:Person", "anonymous": "prov:Person"}.get(row.get("kind", ""), "prov:Organization")
        document["agent"][f"fronde:{row['id']}"] = {"prov:type": _name(kind), "prov:label": row.get("name", "")}
    for row in sheets.rows("reports"):
        document["entity"][f"fronde:{row['id']}"] = {"prov:label": row.get("title", ""), "prov:type": "report"}
        _link(document, "wasAttributedTo", row["id"], "prov:entity", row["id"], "prov:agent", row.get("outlet", ""))
    chains: dict[str, list[dict]] = {}
    for hop in sheets.rows("hops"):
        chains.setdefault(hop["claim"], []).append(hop)
    for row in sheets.rows("claims"):
        key = row["id"]
        document["entity"][f"fronde:{key}"] = {"prov:label": row.get("text", ""), "prov:type": "claim"}
        _derive(document, "Quotation", key, row.get("report", ""))
        if row.get("dup_of"):
            _derive(document, "Revision", key, row["dup_of"])
        chain = [hop["source"] for hop in sorted(chains.get(key, []), key=lambda hop: int(hop["position"]))]
        if chain:
            _link(document, "wasAttributedTo", key, "prov:entity", key, "prov:agent", chain[-1])
        for k, (outer, inner) in enumerate(pairwise(chain)):
            _link(document, "actedOnBehalfOf", f"{key}-{k}", "prov:delegate", outer, "prov:responsible", inner)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _name(text: str) -> dict[str, str]:
    return {"$": text, "type": "prov:QUALIFIED_NAME"}


def _derive(document: dict, kind: str, key: str, origin: str) -> None:
    ends = {"prov:generatedEntity": f"fronde:{key}", "prov:usedEntity": f"fronde:{origin}"}
    document["wasDerivedFrom"][f"_:{kind}-{key}"] = {**ends, "prov:type": _name(f"prov:{kind}")}


def _link(document: dict, relation: str, key: str, first: str, a: str, second: str, b: str) -> None:
    document[relation][f"_:{relation}-{key}"] = {first: f"fronde:{a}", second: f"fronde:{b}"}
