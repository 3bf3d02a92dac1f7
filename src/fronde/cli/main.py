"""The command `fronde`: a list of commands whose modules are imported when called, and one place for errors.

Exit codes: 0 ok, 1 failed, 2 usage, 3 problems found, 130 cancelled with state kept.
"""

import sys
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from importlib import import_module
from typing import Any

import click

from fronde import __version__
from fronde.cli.errors import CANCELLED, OK, explain, interruptible

COMMANDS = {  # name -> (module.object, short help); in the order of the help
    "demo": ("demo:demo", "The flagship case from evidence to report."),
    "new": ("cases:new", "Make a case folder that validates."),
    "check": ("cases:check", "Find everything that is wrong with a case."),
    "calibrate": ("forecast:calibrate", "Fit the model to what was known on a date."),
    "forecast": ("forecast:forecast", "Probabilities and counts by group and date, and the report."),
    "evidence": ("evidence:evidence", "The ledger: list, show, review, import and export evidence."),
    "compare": ("compare:compare", "Paired differences between variants and the baseline."),
    "explain": ("explain:explain", "What a forecast rests on, and what would move it most."),
    "weekly": ("explain:weekly", "How each forecast moved week by week, and because of what."),
    "opinions": ("validate:opinions", "The field's rival theories on the same elite."),
    "question": ("score:question", "What a case asks, by which rule; and how it turned out."),
    "score": ("score:score", "Frozen forecasts against what came, beside base rates and others."),
    "simulate": ("simulate:simulate", "A prior or posterior ensemble, or a run again from its manifest."),
    "validate": ("validate:validate", "Re-run the scientific checks: limits, published numbers, calibration."),
    "report": ("runs:report", "Write the report of a run again, also for mail or as PDF."),
    "teach": ("teach:teach", "A game in a fictional polity: open a room, move, step time, debrief."),
    "app": ("app:app", "The web app, on this machine only."),
    "jobs": ("jobs:jobs", "Long work of the app: list, cancel, resume."),
    "cite": ("runs:cite", "How to cite a run."),
    "params": ("reference:params", "Every number of the model with unit, prior, bounds and source."),
    "schema": ("reference:schema", "The JSON Schema of case.yaml."),
    "doctor": ("reference:doctor", "What works, what is missing, what lies about unfinished."),
}


class LazyCommands(MutableMapping[str, click.Command]):
    """Commands by name; a module is imported when its command is looked up."""

    def __init__(self, table: Mapping[str, tuple[str, str]]) -> None:
        """Start with nothing imported; table: name -> (module.object, short help)."""
        self.table = table
        self._added: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        """The command itself."""
        if name not in self._added:
            module, _, attribute = self.table[name][0].partition(":")
            self._added[name] = getattr(import_module(f"fronde.cli.{module}"), attribute)
        return self._added[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        """Add a command."""
        self._added[name] = command

    def __delitem__(self, name: str) -> None:
        """Take a command away that was added."""
        del self._added[name]

    def __contains__(self, name: object) -> bool:
        """Whether there is such a command; imports nothing."""
        return name in self.table or name in self._added

    def __iter__(self) -> Iterator[str]:
        """Names in the order of the help."""
        return iter(dict.fromkeys([*self.table, *self._added]))

    def __len__(self) -> int:
        """Number of commands."""
        return len(list(iter(self)))


class LazyGroup(click.Group):
    """A group over LazyCommands: the help lists its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the help, not of the alphabet."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Short help without importing the commands."""
        assert isinstance(self.commands, LazyCommands)
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in self.commands.table.items()])


class Fronde(LazyGroup):
    """The group of all commands; turns every error into one message and an exit code."""

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> Any:
        """Run a command line and exit; with `standalone_mode=False` errors reach the caller instead."""
        if not extra.pop("standalone_mode", True):
            return super().main(args, prog_name or "fronde", standalone_mode=False, **extra)
        given = list(sys.argv[1:] if args is None else args)
        try:
            with interruptible():
                code = super().main(given, prog_name or "fronde", standalone_mode=False, **extra)
        except (KeyboardInterrupt, click.Abort):
            click.echo("cancelled; what was finished is kept, the same command goes on from there", err=True)
            sys.exit(CANCELLED)
        except Exception as error:
            sys.exit(explain(error, debug="--debug" in given))
        sys.exit(code if isinstance(code, int) else OK)


@click.group(
    cls=Fronde,
    commands=LazyCommands(COMMANDS),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--debug", is_flag=True, expose_value=False, help="Show where an error came from.")
@click.version_option(__version__, prog_name="fronde")
def main() -> None:
    """Record what is reported about a ruling elite, calibrate a model of it, forecast who breaks, keep score.

    Start with `fronde demo`. Results go to ./runs, data to standard output, talk to standard error.
    """
