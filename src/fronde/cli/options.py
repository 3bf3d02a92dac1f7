"""Options that several commands share, and what they turn into."""

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, fields
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from fronde.app.work import Session
    from fronde.cli.talk import Talk

Command = TypeVar("Command", bound=Callable[..., Any])


class Day(click.ParamType):
    """An ISO date."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Parse, or say what was expected."""
        if isinstance(value, date):
            return value
        from fronde.scenario.model import parse_date

        try:
            return parse_date(value)
        except ValueError as error:
            self.fail(f"{value!r} is no date; expected {error}", param, ctx)


class Moment(Day):
    """An ISO date, or one with an hour, such as `2022-07-06T18:00`, for cases in hours."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Parse, or say what was expected."""
        from fronde.scenario.model import parse_moment

        try:
            return parse_moment(value)
        except ValueError as error:
            self.fail(f"{value!r} is no date; expected {error}", param, ctx)


class Duration(click.ParamType):
    """A number of days, given as `26w` or `182d`."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Parse, or say what was expected."""
        if isinstance(value, int):
            return value
        from fronde.scenario.model import parse_duration

        try:
            return parse_duration(value)
        except ValueError as error:
            self.fail(f"{value!r} is no duration; expected {error}", param, ctx)


class Assignment(click.ParamType):
    """`name=number`."""

    name = "name=number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, float]:
        """Split and parse, or say what was expected."""
        if isinstance(value, tuple):
            return value
        name, sign, number = value.partition("=")
        try:
            found = float(number)
        except ValueError:
            found = float("nan")
        if not (sign and name.strip() and abs(found) < float("inf")):
            self.fail(
                f"{value!r} is no assignment; expected a parameter and a number, such as leave.base=-9", param, ctx
            )
        return name.strip(), found


def stacked(*options: Callable[[Any], Any]) -> Callable[[Command], Command]:
    """Several options as one decorator, in the order given."""

    def apply(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return apply


debug = click.option("--debug", is_flag=True, expose_value=False, help="Show where an error came from.")
as_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
as_of = click.option(
    "--as-of", type=Moment(),
    help="Read nothing that became known later; YYYY-MM-DDTHH:MM in cases by the hour.  [default: of the case]",
)  # fmt: skip
horizon = click.option(
    "--horizon", type=Duration(), help="Length of the forecast, such as 26w.  [default: of the case]"
)
full = click.option("--full", is_flag=True, help="4096 particles instead of 1024.")
particles = click.option(
    "--particles", type=click.IntRange(32, 1_000_000), help="Number of particles, instead of quick or --full."
)
runs_folder = click.option(
    "--runs", "--runs-folder", "runs_folder", type=click.Path(file_okay=False), envvar="FRONDE_RUNS", show_envvar=True,
    help="Where run folders lie.  [default: ./runs]",
)  # fmt: skip
only_runs_folder = click.option(
    "--runs-folder", "runs_folder", type=click.Path(file_okay=False), envvar="FRONDE_RUNS", show_envvar=True,
    help="Where run folders lie.  [default: ./runs]",
)  # fmt: skip
threads = click.option(
    "--threads",
    type=click.IntRange(1, 1024),
    help="Number of threads; results do not depend on it.  [default: all cores]",
)
fresh = click.option("--fresh", is_flag=True, help="Compute again, even if there is a finished result or a checkpoint.")
store = click.option("--store", metavar="URL", help="A store instead: a SQLite file or postgresql://USER@HOST/NAME.")
cluster = click.option(
    "--cluster", is_flag=False, flag_value="local", metavar="[ADDRESS]",
    help="Simulate on dask.distributed: workers on this machine, or a scheduler such as --cluster=tcp://host:8786.",
)  # fmt: skip


@dataclass(frozen=True)
class Computing:
    """How a command that computes was asked to: where, with how many threads, on what, anew, shown how."""

    runs_folder: str | None
    threads: int | None
    cluster: str | None
    fresh: bool
    as_json: bool

    def session(self) -> AbstractContextManager["Session"]:
        """See `session`."""
        return session(self.runs_folder, self.threads, self.fresh, self.cluster)


def _gathering(where: Callable[[Any], Any]) -> Callable[[Command], Command]:
    """The options of every command that computes, handed over as one argument `how`; where: that of the runs folder."""

    def apply(command: Command) -> Command:
        @wraps(command)
        def gathered(**given: Any) -> Any:
            how = Computing(**{field.name: given.pop(field.name) for field in fields(Computing)})
            return command(**given, how=how)

        return stacked(where, threads, cluster, fresh, as_json, debug)(cast(Command, gathered))

    return apply


computing = _gathering(runs_folder)
computing_runs = _gathering(only_runs_folder)  # where --runs is the number of runs


def command_line() -> str:
    """What was typed, for the manifest."""
    return shlex.join(["fronde", *sys.argv[1:]])


@contextmanager
def session(
    runs_folder: str | None, threads: int | None = None, fresh: bool = False, cluster: str | None = None
) -> "Iterator[Session]":
    """A session that talks on standard error; the talk is over before results are shown."""
    from fronde.app.work import make_session
    from fronde.cli.talk import Talk

    talk = Talk()
    try:
        with _cluster(cluster, threads, talk):
            yield make_session(runs_folder, threads, talk.progress, talk.say, command_line(), fresh)
    finally:
        talk.close()


def _cluster(address: str | None, workers: int | None, talk: "Talk") -> AbstractContextManager[Any]:
    """Workers for the time of a session, or nothing."""
    if address is None:
        return nullcontext()
    if address != "local" and ":" not in address and not Path(address).is_file():
        raise click.UsageError(
            f"{address!r} is no address of a scheduler; expected tcp://HOST:PORT or a scheduler file "
            f"(for workers on this machine put --cluster at the end, or write --cluster=local)"
        )
    from fronde.app.cluster import connected

    return connected(address, workers, talk.say)


def size(full: bool, particles: int | None) -> int:
    """Number of particles of quick mode, full mode, or as given."""
    from fronde.app.work import FULL, QUICK

    if full and particles is not None:
        raise click.UsageError("--full and --particles exclude each other; give one of them")
    return particles if particles is not None else (FULL if full else QUICK)
