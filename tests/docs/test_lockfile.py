"""requirements.lock pins what pyproject.toml asks for, with hashes and without naming an index."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pages import ROOT

PINNED = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^\s;\\]+)", re.MULTILINE)


@pytest.fixture(scope="module")
def pins():
    found: dict[str, list[str]] = {}
    for pin in PINNED.finditer((ROOT / "requirements.lock").read_text(encoding="utf-8")):
        found.setdefault(canonicalize_name(pin["name"]), []).append(pin["version"])
    return found


def _asked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    lines = [*project["dependencies"], *extras["test"], *extras["dev"]]
    return [line for line in lines if not line.startswith("fronde")]


@pytest.mark.parametrize("line", _asked())
def test_every_requirement_is_pinned_within_its_bounds(pins, line):
    wanted = Requirement(line)
    versions = pins.get(canonicalize_name(wanted.name), [])
    assert versions, f"{wanted.name} is not pinned: make requirements.lock anew"
    assert [version for version in versions if version not in wanted.specifier] == []


def test_every_pin_has_a_hash():
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []
