from __future__ import annotations

import numpy as np
import pytest

from blamegame.errors import StorageError, StudyError
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.studies.dataset import dataset_digest, read_dataset, write_dataset
from blamegame.studies.grid import Bundles, grid, uniform_sample
from blamegame.studies.measures import Avoidance, Equilibria, Payoffs
from blamegame.studies.study import study

DESIGNS = [
    grid(authority="0, 1/3, 1", diffusion="0:1:3"),
    [Bundles(((), CATALOGUE[:2])), grid(authority="0.3")],
    uniform_sample({"authority": (0, 1), "tolerance": (0, 1)}, 9, rng=np.random.default_rng(0)),
    [],
]


@pytest.mark.parametrize("vary", DESIGNS)
def test_a_dataset_read_back_is_the_one_written_streamed_or_whole(tmp_path, vary):
    measures = [Avoidance(), Equilibria(), Payoffs()]
    found = study(Delegation(), vary, measures)
    again = read_dataset(write_dataset(found, tmp_path / "whole.nc"))
    with study(Delegation(), vary, measures, output=tmp_path / "streamed.nc", chunk=4) as streamed:
        for other in (again, streamed):
            assert dataset_digest(other) == dataset_digest(found)
            assert set(other.coords) == set(found.coords) and set(other.data_vars) == set(found.data_vars)
            for name in found.data_vars:
                assert other[name].dtype == found[name].dtype and other[name].dims == found[name].dims
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["streamed.nc", "whole.nc"]


def test_the_digest_sees_values_labels_units_and_attributes_but_not_how_the_run_went():
    found = study(Delegation(), grid(authority="0,1"), Avoidance())
    digest = dataset_digest(found)
    assert dataset_digest(found.assign_attrs(run_seconds=99.0)) == digest
    changed = [
        found.assign_attrs(complete=0),
        found.assign(status=found.status.copy(data=[1, 1])),
        found.assign_coords(authority=("authority", [0.0, 0.5])),
        found.rename(status="verdict"),
        found.assign(status=found.status.assign_attrs(units="m")),
    ]
    assert digest not in {dataset_digest(one) for one in changed}


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    found = study(Delegation(), grid(authority="0,1"), Avoidance())
    target = write_dataset(found, tmp_path / "study.nc")
    before = target.read_bytes()

    def fails(*_):
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", fails)
    with pytest.raises(StorageError, match="cannot be written: disk full"):
        write_dataset(found.assign_attrs(title="new"), target)
    assert target.read_bytes() == before and len(list(tmp_path.iterdir())) == 1


def test_files_that_are_no_studies_are_refused_by_name(tmp_path):
    import xarray

    with pytest.raises(StudyError, match="there is no file"):
        read_dataset(tmp_path / "absent.nc")
    (tmp_path / "text.nc").write_text("not this")
    with pytest.raises(StudyError, match="is not a file that a study wrote"):
        read_dataset(tmp_path / "text.nc")
    xarray.Dataset({"x": ("y", [1])}).to_netcdf(tmp_path / "other.nc", engine="h5netcdf")
    for whole in (True, False):
        with pytest.raises(StudyError, match="is not a file that a study wrote"):
            read_dataset(tmp_path / "other.nc", whole=whole)
