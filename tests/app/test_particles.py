"""Particles on disk come back to the last bit, and files that do not fit are passed over."""

from dataclasses import fields

import numpy as np
import pytest

from fronde.app import particles
from fronde.app.calibrate import Posterior
from fronde.domain.state import STRANDS
from fronde.inference import smc
from fronde.mechanisms.registry import NAMES

KEY = "0" * 64
INFOS = (smc.Info(0.1, 0.5, 0.3, 0.2, -1.5), smc.Info(1.0, 0.6, 0.2, 0.1, -2.5))


def state(n=7):
    chance = np.random.default_rng(1)
    return smc.Particles(
        z=chance.normal(size=(n, len(NAMES))),
        replicates=chance.integers(0, 2**63, size=(n, STRANDS)).astype(np.uint64),
        loglik=chance.normal(size=n),
        temperature=0.1 + 0.2,
        size=0.37,
        rounds=13,
        ancestors=np.arange(n),
    )


def same(a, b):
    for field in fields(a):
        x, y = getattr(a, field.name), getattr(b, field.name)
        assert type(x) is type(y), field.name
        if isinstance(x, np.ndarray):
            assert x.dtype == y.dtype
            assert x.tobytes() == y.tobytes()
        else:
            assert x == y


def test_a_checkpoint_comes_back(tmp_path):
    particles.save_checkpoint(tmp_path, KEY, state(), INFOS)
    found, infos = particles.load_checkpoint(tmp_path, KEY, pytest.fail)
    same(state(), found)
    assert infos == INFOS


def test_a_posterior_comes_back_and_the_checkpoint_goes(tmp_path):
    particles.save_checkpoint(tmp_path, KEY, state(), INFOS)
    made = state()
    posterior = Posterior(made.z, made.replicates, made.loglik, made.ancestors, INFOS)
    particles.save_posterior(tmp_path, KEY, posterior)
    same(posterior, particles.load_posterior(tmp_path, KEY, pytest.fail))
    assert not (tmp_path / particles.CHECKPOINT).exists()


def test_nothing_there_is_nothing_found(tmp_path):
    assert particles.load_checkpoint(tmp_path, KEY, pytest.fail) is None
    assert particles.load_posterior(tmp_path, KEY, pytest.fail) is None


def test_another_calibration_is_not_used(tmp_path):
    heard = []
    particles.save_checkpoint(tmp_path, KEY, state(), INFOS)
    assert particles.load_checkpoint(tmp_path, "1" * 64, heard.append) is None
    assert "another calibration" in heard[0]


def test_other_libraries_are_not_mixed(tmp_path, monkeypatch):
    heard = []
    monkeypatch.setattr(particles, "versions", lambda: {"numpy": "1.0", "numba": "0.1"})
    particles.save_checkpoint(tmp_path, KEY, state(), INFOS)
    assert particles.load_checkpoint(tmp_path, KEY, heard.append) is None
    assert "other versions of numpy or numba" in heard[0]


@pytest.mark.parametrize("cut", [0, 10, 1000, -20])
def test_a_damaged_file_is_passed_over_and_said(tmp_path, cut):
    particles.save_checkpoint(tmp_path, KEY, state(), INFOS)
    path = tmp_path / particles.CHECKPOINT
    path.write_bytes(path.read_bytes()[:cut])
    heard = []
    assert particles.load_checkpoint(tmp_path, KEY, heard.append) is None
    assert "starts over" in heard[0]


def test_pickled_objects_are_refused(tmp_path):
    np.savez(tmp_path / particles.CHECKPOINT, label=np.array([{"calibration": KEY}], dtype=object), allow_pickle=True)
    heard = []
    assert particles.load_checkpoint(tmp_path, KEY, heard.append) is None
    assert heard
