"""A group of results that grows on disk: draws are appended, a file for each variable, and read back a slice at a time.

Only whole draws count, and how many there are is written elsewhere, after them (see `app.streamed`): what a kill leaves
behind the last of them is cut off by whoever goes on.
"""

import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fronde.app.netcdf import Group, Variable

DRAW = "draw"


@dataclass(frozen=True)
class Rows:
    """An array in a file, draws outermost there and at `axis` here; nothing is read before it is asked for."""

    path: Path
    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    axis: int

    @property
    def size(self) -> int:
        """How many numbers."""
        return math.prod(self.shape)

    def __getitem__(self, place: tuple[slice, ...]) -> NDArray[Any]:
        """The numbers of a slice of draws; every other axis is taken whole."""
        first, last, _ = place[self.axis].indices(self.shape[self.axis])
        row = tuple(size for k, size in enumerate(self.shape) if k != self.axis)
        each = math.prod(row)
        found = np.fromfile(self.path, self.dtype, (last - first) * each, offset=first * each * self.dtype.itemsize)
        return np.moveaxis(found.reshape(last - first, *row), 0, self.axis)


class Growing:
    """The draws of one group in a folder."""

    def __init__(self, folder: Path, pattern: Group, draws: int) -> None:
        """Go on behind so many draws; `pattern` is the group with any number of them.

        Raises ValueError if fewer are there.
        """
        self._folder, self._pattern, self.draws = folder, pattern, draws
        folder.mkdir(parents=True, exist_ok=True)
        for name in self._grown():
            path, size = self._path(name), draws * self._bytes(name)
            path.touch()
            if path.stat().st_size < size:
                raise ValueError(f"{path} holds {path.stat().st_size} bytes, {draws} draws have {size}")
            os.truncate(path, size)

    def _grown(self) -> list[str]:
        return [name for name, variable in self._pattern.items() if DRAW in variable.dims]

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.bin"

    def _bytes(self, name: str) -> int:
        """Bytes of one draw."""
        variable = self._pattern[name]
        shape = np.shape(variable.values)
        draws = shape[variable.dims.index(DRAW)]
        return math.prod(shape) // draws * np.asarray(variable.values).itemsize

    def append(self, group: Group) -> None:
        """The next draws, on disk when this returns."""
        for name in self._grown():
            variable = group[name]
            axis = variable.dims.index(DRAW)
            with self._path(name).open("ab") as stream:
                np.ascontiguousarray(np.moveaxis(np.asarray(variable.values), axis, 0)).tofile(stream)
                os.fsync(stream.fileno())
            added = np.shape(variable.values)[axis]
        self.draws += added

    def group(self) -> Group:
        """All draws, with the labels of the pattern."""
        found = dict(self._pattern)
        for name in self._grown():
            dims, values, attrs = self._pattern[name]
            axis = dims.index(DRAW)
            shape = tuple(self.draws if k == axis else size for k, size in enumerate(np.shape(values)))
            found[name] = Variable(dims, Rows(self._path(name), shape, np.asarray(values).dtype, axis), attrs)
        return found
