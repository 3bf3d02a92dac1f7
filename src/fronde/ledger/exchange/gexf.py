"""GEXF 1.2 for Gephi: sources as nodes, an edge from whom it was heard to who passed it on, weighted by claims."""

from collections import Counter
from xml.etree import ElementTree as xml

from fronde.ledger.sheets import Sheets

ATTRIBUTES = ("kind", "identity", "access", "interest", "reliability")


def printable(text: str) -> str:
    """Text without the control signs that XML forbids."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def to_gexf(sheets: Sheets) -> bytes:
    """One directed graph."""
    root = xml.Element("gexf", xmlns="http://www.gexf.net/1.2draft", version="1.2")
    graph = xml.SubElement(root, "graph", defaultedgetype="directed", mode="static")
    declared = xml.SubElement(graph, "attributes", {"class": "node"})
    for name in ATTRIBUTES:
        xml.SubElement(declared, "attribute", id=name, title=name, type="string")
    nodes = xml.SubElement(graph, "nodes")
    for row in sheets.rows("sources"):
        node = xml.SubElement(nodes, "node", id=row["id"], label=printable(row.get("name", "")))
        values = xml.SubElement(node, "attvalues")
        for name in ATTRIBUTES:
            xml.SubElement(values, "attvalue", {"for": name, "value": printable(row.get(name, ""))})
    chains: dict[str, dict[int, str]] = {}
    for hop in sheets.rows("hops"):
        chains.setdefault(hop["claim"], {})[int(hop["position"])] = hop["source"]
    passed = Counter(
        (chain[k + 1], source) for chain in chains.values() for k, source in chain.items() if k + 1 in chain
    )
    edges = xml.SubElement(graph, "edges")
    for k, ((start, end), weight) in enumerate(sorted(passed.items())):
        xml.SubElement(edges, "edge", id=str(k), source=start, target=end, weight=str(weight))
    xml.indent(root)
    return xml.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
