"""``blamegame new``: a file to start from, never over one that is there."""


def test_a_new_file_is_valid_and_is_never_overwritten(run, tmp_path):
    path = tmp_path / "mine.toml"
    assert run("new", path).code == 0
    text = path.read_text()
    assert run("check", path).code == 0
    shown = run("new", path, "--from", "trap")
    assert shown.code == 2 and "is not overwritten" in shown.err
    assert path.read_text() == text


def test_a_new_file_can_be_a_copy(run, tmp_path):
    path = tmp_path / "mine.toml"
    assert run("new", path, "--from", "trap").code == 0
    assert "The trap" in path.read_text()
    shown = run("new", tmp_path / "other.toml", "--from", "tarp")
    assert shown.code == 2 and "did you mean 'trap'" in shown.err
    assert run("new", tmp_path / "no" / "mine.toml").code == 2


def test_a_file_that_cannot_be_written_is_code_2_and_leaves_nothing(run, tmp_path):
    shown = run("new", tmp_path / "no" / "mine.toml")
    assert shown.code == 2 and shown.out == "" and "mine.toml" in shown.err
    assert not (tmp_path / "no").exists()
