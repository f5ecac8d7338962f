"""The line of every key, checked against what tomllib reads from the same text."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blamegame.scenario.positions import DEEPEST, MOST_ENTRIES, MOST_KEY_PARTS, scan
from blamegame.scenario.shipped import FOLDER

KEYS = st.sampled_from(["a", "b-1", "0", '"x y"', "'q.r'", '"\\u00e9"', '"#"', '"="', '"]"', '""'])
SCALARS = st.sampled_from(
    [
        "1",
        "-0.5",
        "true",
        "inf",
        "1979-05-27 07:32:00",
        "'a # [b'",
        '"x = 1 \\" ]"',
        '"""\n[t]\nk = 1 \\""" \n"""',
        "'''\n\"\"\"\nz = 2'''",
        '"""a""""',
        '""',
        "'''x''''",
        '"\\\\"',
        '"""\\\\"""',
    ]
)


def paths_of(values, path=()):
    """Every path of parsed TOML: keys, tables and positions in arrays."""
    found = {path} if path else set()
    items = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    for key, value in items:
        found |= paths_of(value, (*path, key))
    return found


@st.composite
def values(draw, depth=2):
    kind = draw(st.sampled_from(["scalar", "scalar", "array", "inline"] if depth else ["scalar"]))
    if kind == "scalar":
        return draw(SCALARS)
    items = draw(st.lists(values(depth=depth - 1), max_size=3))
    if kind == "array":
        gap = draw(st.sampled_from(["", " ", "\n", " # ] = [\n", "\n\n\t"]))
        return "[" + gap + f",{gap}".join(items) + draw(st.sampled_from(["", ","])) * bool(items) + gap + "]"
    return "{ " + ", ".join(f"k{k}.{draw(KEYS)} = {item}" for k, item in enumerate(items)) + " }"


@st.composite
def documents(draw):
    """TOML texts; some are not valid, because a key or table may come twice."""
    lines = []
    for _ in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(["key", "key", "table", "tables", "blank"]))
        dotted = ".".join(draw(st.lists(KEYS, min_size=1, max_size=3)))
        if kind == "key":
            lines.append(f"{dotted} = {draw(values())}{draw(st.sampled_from(['', ' # x = 1']))}")
        elif kind == "blank":
            lines.append(draw(st.sampled_from(["", "# [a]", "   "])))
        else:
            lines.append(f"[{dotted}]" if kind == "table" else f"[[ {dotted} ]]")
    return "\n".join(lines) + draw(st.sampled_from(["", "\n"]))


@given(documents())
def test_finds_exactly_the_keys_that_tomllib_reads(text):
    try:
        wanted = paths_of(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        scan(text)
        return
    assert set(scan(text).lines) == wanted
    assert not scan(text).repeated


@given(documents())
def test_the_line_found_is_the_first_on_which_cutting_the_text_leaves_the_key(text):
    """Of the texts made of the first n lines that are valid TOML, the first to hold a key reaches its line."""
    rows = text.split("\n")
    positions = scan(text)
    for n in range(1, len(rows) + 1):
        try:
            held = paths_of(tomllib.loads("\n".join(rows[:n])))
            tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            continue
        assert all(positions.lines[path] <= n for path in held)
        assert all(positions.lines[path] > n for path in set(positions.lines) - held)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_key_of_a_shipped_file_is_on_the_line_that_names_it(path: Path):
    text = path.read_text(encoding="utf-8")
    rows = text.split("\n")
    lines = scan(text).lines
    assert set(lines) == paths_of(tomllib.loads(text))
    for key, line in lines.items():
        names = [part for part in key if isinstance(part, str)]
        assert isinstance(key[-1], int) or names[-1] in rows[line - 1]


def test_a_key_of_an_array_of_tables_has_its_own_line():
    found = scan("[[a]]\nk = 1\n[[a]]\nk = 2\n[a.b]\nc = 3\n")
    assert found.lines["a", 0, "k"] == 2
    assert found.lines["a", 1, "k"] == 4
    assert found.lines["a", 1, "b", "c"] == 6
    assert not found.repeated


def test_a_key_that_is_absent_has_the_line_of_its_table():
    found = scan("title = 'x'\n\n[model]\nkind = 'd'\n")
    assert found.of(("model", "authority")) == 3
    assert found.of(("goal",)) is None


@pytest.mark.parametrize(
    ("text", "path", "lines"),
    [
        ("a = 1\nb = 2\na = 3\n", ("a",), (1, 3)),
        ("[t]\nx = 1\n[u]\n[t]\n", ("t",), (1, 4)),
        ("a = { b = 1,\tb = 2 }", ("a", "b"), (1, 1)),
        ("[t]\nx = 1\nx.y = 2\nx = 3", ("t", "x"), (2, 4)),
    ],
)
def test_a_key_given_twice_is_reported_with_both_lines(text, path, lines):
    assert (path, *lines) in scan(text).repeated


@pytest.mark.parametrize(
    "text",
    [
        ".".join("a" * (MOST_KEY_PARTS + 1)) + " = 1",
        "[" + ".".join("a" * (MOST_KEY_PARTS + 1)) + "]",
        "x = " + "[" * (DEEPEST + 1),
        "x = " + "{a=" * (DEEPEST + 1),
        "x = " + "[{a=" * DEEPEST,
    ],
)
def test_what_is_nested_too_deeply_is_reported_with_its_line(text):
    line, said = scan("title = 'x'\n" + text).beyond
    assert line == 2 and "is nested too deeply" in said
    assert scan("title = 'x'\n").beyond is None


@pytest.mark.parametrize("text", ["x = [\n" + "1,\n" * MOST_ENTRIES + "]", "".join(f"k{k}=1\n" for k in range(10**5))])
def test_a_text_with_too_many_entries_is_given_up_on_the_line_that_goes_too_far(text):
    line, said = scan(text).beyond
    assert abs(line - MOST_ENTRIES) <= 2 and "more than 10,000" in said


@given(st.text(alphabet="ab.=[]{}\"'#\\,\n \t1", max_size=60))
def test_any_text_at_all_is_passed_over(text):
    found = scan(text)
    assert all(1 <= line <= text.count("\n") + 1 for line in found.lines.values())
    try:
        wanted = paths_of(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        return
    assert set(found.lines) == wanted
