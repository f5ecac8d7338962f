"""``blamegame plot``: the figure of a result file, beside it unless told otherwise."""

import pytest


@pytest.fixture
def result(run, tmp_path):
    path = tmp_path / "result.nc"
    assert run("study", "h_county", "--vary", "authority=0:1:3", "--output", path).code == 0
    return path


def test_the_figure_stands_beside_the_result(run, result):
    shown = run("plot", result)
    figure = result.with_suffix(".png")
    assert shown.code == 0 and f"figure in {figure}" in shown.out
    assert figure.read_bytes().startswith(b"\x89PNG")


def test_the_figure_goes_where_it_is_sent(run, result, tmp_path):
    shown = run("plot", result, "-o", tmp_path / "mine.svg")
    assert shown.code == 0 and "<svg" in (tmp_path / "mine.svg").read_text()
    assert not result.with_suffix(".png").exists()


def test_a_missing_result_and_a_bad_target_are_code_2(run, result, tmp_path):
    assert run("plot", tmp_path / "no.nc").code == 2
    shown = run("plot", result, "-o", tmp_path / "mine.docx")
    assert shown.code == 2 and "does not end in" in shown.err
