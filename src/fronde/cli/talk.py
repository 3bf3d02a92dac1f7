"""Talk on standard error: a bar with the time left on a terminal, plain lines elsewhere."""

import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

SILENCE = 15.0  # seconds between plain lines about one stage


class Talk:
    """Hears `progress(stage, done, total)` and `say(text)`. rich is imported on a terminal only."""

    def __init__(self) -> None:
        """Nothing is shown before there is something to say."""
        self._stage, self._began, self._spoke = "", 0.0, 0.0
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._terminal = sys.stderr.isatty()

    def say(self, text: str) -> None:
        """One sentence."""
        if self._bar is not None:
            self._bar.console.print(text, markup=False, highlight=False)
        else:
            click.echo(text, err=True)

    def progress(self, stage: str, done: int, total: int) -> None:
        """How far a stage is."""
        if stage != self._stage:
            self._finish()
            self._stage, self._began = stage, time.monotonic()
            self._spoke = self._began
            self._start(stage)
        if self._terminal:
            self._draw(done, total)
        elif 0 < done < total and time.monotonic() - self._spoke > SILENCE:
            self._spoke = time.monotonic()
            left = (self._spoke - self._began) * (total - done) / done
            click.echo(f"{stage}: {done / total:.0%}, about {left:.0f} s left", err=True)

    def close(self) -> None:
        """The last stage is over."""
        self._finish()
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _start(self, stage: str) -> None:
        if not self._terminal:
            click.echo(f"{stage} ...", err=True)
            return
        if self._bar is None:
            self._bar = _bar()
            self._bar.start()
        self._task = self._bar.add_task(stage, total=None)

    def _draw(self, done: int, total: int) -> None:
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=None if done == 0 else total)

    def _finish(self) -> None:
        took = time.monotonic() - self._began
        if self._stage and self._bar is not None and self._task is not None:
            self._bar.update(self._task, visible=False)
            self._bar.console.print(f"{self._stage}: {took:.0f} s", markup=False, highlight=False)
        elif self._stage and took >= 1.0:
            click.echo(f"{self._stage}: {took:.0f} s", err=True)
        self._stage, self._task = "", None


def _bar() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
