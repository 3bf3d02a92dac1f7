"""A case as a Python object: `fronde.load_case(...)` and what can be done with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fronde.app.run import Run

if TYPE_CHECKING:
    from fronde.app.notebook import ElitePicture
    from fronde.scenario.case import Case


@dataclass(frozen=True)
class CaseHandle:
    """A case as seen on a date, with what can be done with it."""

    given: str | Path
    as_of: date
    case: "Case"

    @classmethod
    def load(cls, name_or_path: str | Path, as_of: str | date | None = None) -> "CaseHandle":
        """Read the case and its evidence once, so that mistakes show here and not in the middle of a run."""
        from fronde.app.opening import open_case

        opened = open_case(name_or_path, as_of)
        return cls(name_or_path, opened.case.spec.as_of, opened.case)

    def simulate(
        self,
        variant: str | None = None,
        runs: int = 512,
        params: Mapping[str, float] | None = None,
        prior: bool = True,
        **more: Any,
    ) -> Run:
        """A prior or posterior ensemble; `params` fixes parameters by hand. See `calibrate` for `more`."""
        from fronde.app import service

        return service.simulate(self.given, variant, runs, params, prior, as_of=self.case.spec.moment, **_rest(more))

    def calibrate(self, **more: Any) -> Run:
        """The posterior. more: particles, runs_folder, threads, fresh, progress(stage, done, total), say(text)."""
        from fronde.app import service

        return service.calibrate(self.given, self.case.spec.moment, **_rest(more))

    def forecast(self, horizon: str | int | None = None, **more: Any) -> Run:
        """Probabilities, counts and the report; horizon in days or as `26w`. See `calibrate` for `more`."""
        from fronde.app import service

        return service.forecast(self.given, self.case.spec.moment, horizon, **_rest(more))

    def compare(self, *variants: str, **more: Any) -> Run:
        """Paired differences between variants and the baseline. See `calibrate` for `more`."""
        from fronde.app import service

        return service.compare(self.given, variants, self.case.spec.moment, **_rest(more))

    def network(self, day: str | date | None = None) -> "ElitePicture":
        """The elite as a picture that notebooks show; day: only ties known by then. `.svg` is the picture as text."""
        from fronde.app.notebook import of_elite

        return of_elite(self, None if day is None else str(day))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """How Jupyter, marimo and VS Code show a case."""
        from fronde.app.notebook import of_case

        return of_case(self)

    def check(self) -> Sequence[Any]:
        """Problems and notes of the case."""
        from fronde.app import service

        return service.check(self.given)


SESSION = ("runs_folder", "threads", "fresh", "progress", "say")


def _rest(more: dict[str, Any]) -> dict[str, Any]:
    """Arguments of an action, those of the session gathered into one."""
    from fronde.app.work import make_session

    ours = {name: more.pop(name) for name in SESSION if name in more}
    return {**more, "session": make_session(**ours)}
