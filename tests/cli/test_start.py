"""Starting up: cheap, lazy, and with the same help everywhere."""

import json
import subprocess
import sys

import click
import pytest

from fronde.cli.main import COMMANDS, main

HEAVY = ("numba", "numpy", "rich", "pydantic", "ruamel", "h5netcdf", "xarray", "fronde.app", "fronde.scenario")


def modules_after(*arguments):
    """Modules that are imported by the end of a command line."""
    program = (
        "import json, sys\n"
        "from fronde.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True, timeout=120
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("forecast", "--help"), ("nonsense",)], ids=str)
def test_help_and_usage_errors_import_nothing_heavy(arguments):
    loaded = modules_after(*arguments)
    assert [name for name in HEAVY if name in loaded] == []


def test_help_imports_no_command():
    loaded = modules_after("--help")
    assert [
        name for name in loaded if name.startswith("fronde.cli.") and name.split(".")[2] not in ("main", "errors")
    ] == []


def test_importing_the_package_imports_nothing_heavy():
    done = subprocess.run(
        [sys.executable, "-c", "import fronde, sys; print(*sorted(sys.modules))"],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert [name for name in HEAVY if name in done.stdout.split()] == []


def test_rich_is_not_imported_without_a_terminal():
    assert "rich" not in modules_after("params", "leave")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_the_commands_say(name):
    command = main.commands[name]
    assert isinstance(command, click.Command)
    assert command.name == name
    assert command.help
    assert len(COMMANDS[name][1]) <= 70


def test_commands_are_a_mapping_in_the_order_of_the_help():
    assert list(main.commands) == list(COMMANDS)
    assert len(main.commands) == len(COMMANDS)
    assert "nonsense" not in main.commands
    with pytest.raises(KeyError):
        main.commands["nonsense"]


def test_the_module_is_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "fronde", "--version"], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.startswith("fronde, version ")
