"""What the built tables must have in common with the hand-written case.yaml."""

from collections import Counter
from pathlib import Path

from ruamel.yaml import YAML

from russia_2022.tables import read


def sizes(case: Path, elite: Path) -> None:
    """Refuse a case whose named actors do not fit their groups."""
    groups = YAML(typ="safe").load(case.read_text(encoding="utf-8"))["groups"]
    named = Counter(row["value"] for row in read(elite / "attributes.csv") if row["attribute"] == "group")
    for group, count in named.items():
        if group not in groups:
            raise ValueError(f"attributes.csv names group `{group}`, case.yaml has {list(groups)}")
        if count > groups[group]["size"]:
            raise ValueError(f"{group}: {count} named actors, size {groups[group]['size']}")
    for share in ("weight", "coercion"):
        total = sum(group[share] for group in groups.values())
        if abs(total - 1.0) > 1e-9:
            raise ValueError(f"{share} of the groups sums to {total}, expected 1")
    for group, spec in groups.items():
        print(f"{group:20s} {named[group]:4d} named of {spec['size']:4d}")
