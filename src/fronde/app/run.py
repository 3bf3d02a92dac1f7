"""A run as a Python object: its folder, its documents, its arrays."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fronde.app.store import RunError, read_manifest

LARGEST_DOCUMENT = 256 * 2**20  # bytes


@dataclass(frozen=True)
class Run:
    """A run folder. Documents are read when asked for."""

    folder: Path

    @property
    def id(self) -> str:
        """Name of the run."""
        return self.folder.name

    @property
    def paths(self) -> dict[str, Path]:
        """Files of the run by name."""
        shown = (path for path in sorted(self.folder.iterdir()) if path.is_file() and path.name[0] != ".")
        return {path.name: path for path in shown}

    @property
    def manifest(self) -> dict[str, Any]:
        """What was done with what, and how it ended."""
        return read_manifest(self.folder)

    def document(self, name: str) -> dict[str, Any]:
        """A JSON document of the run; RunError if it is not there."""
        path = self.folder / name
        if not path.is_file():
            raise RunError(f"{self.folder} holds no {name}; it has {', '.join(self.paths) or 'nothing'}")
        if path.stat().st_size > LARGEST_DOCUMENT:
            raise RunError(f"{path} is larger than {LARGEST_DOCUMENT // 2**20} MB; this is no document of a run")
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, RecursionError) as error:
            raise RunError(f"{path} cannot be read ({error}); compute the run again with --fresh") from None
        if not isinstance(found, dict):
            raise RunError(f"{path} holds no JSON object; compute the run again with --fresh")
        return found

    @property
    def forecast(self) -> dict[str, Any]:
        """`forecast.json`."""
        return self.document("forecast.json")

    @property
    def summary(self) -> dict[str, Any]:
        """`summary.json`: everything the report shows."""
        return self.document("summary.json")

    @property
    def calibration(self) -> dict[str, Any]:
        """`calibration.json`: what the evidence taught, and diagnostics in plain words."""
        return self.document("calibration.json")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """How Jupyter, marimo and VS Code show a run."""
        from fronde.app.notebook import of_run

        return of_run(self)

    def tree(self) -> Any:
        """`results.nc` as an xarray DataTree with ArviZ group names; close it when done."""
        try:
            from xarray import open_datatree
        except ImportError:
            raise ImportError('reading results as a DataTree needs the extra: pip install "fronde[analysis]"') from None
        return open_datatree(self.folder / "results.nc", engine="h5netcdf")

    def to_zarr(self, target: str | Path) -> Path:
        """Write the results as a zarr store, one array chunk by chunk; the place must be free. Returns the place.

        Raises RunError if something lies there, ImportError if the extra is missing.
        """
        try:
            import zarr  # noqa: F401
        except ImportError:
            raise ImportError('writing zarr needs the extra: pip install "fronde[zarr]"') from None
        place = Path(target)
        if place.exists():
            raise RunError(f"{place} is there already; name another place for the zarr store")
        half = place.with_name(f".tmp-{place.name}")
        shutil.rmtree(half, ignore_errors=True)
        with self.tree() as tree:
            tree.to_zarr(half, zarr_format=2, consolidated=True)
        half.rename(place)
        return place
