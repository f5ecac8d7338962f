"""Thousands of broken and hostile files: each is a valid scenario or a ScenarioError, quickly and in little memory.

The files are made deterministically: mutations of the shipped files by bytes, lines and tokens, and attacks by hand.
"""

import random
import re
import signal
import subprocess
import sys

import pytest

from blamegame.errors import ScenarioError
from blamegame.scenario import Scenario, load
from blamegame.scenario.read import MOST_BYTES
from blamegame.scenario.shipped import FOLDER

SHIPPED = {path.stem: path.read_bytes() for path in sorted(FOLDER.glob("*.toml"))}
TOP = b'title = "t"\n[model]\nkind = "delegation"\n'
NUMBERS = (
    """
1e999999999 -1e999999999 1e-999999999 inf -inf nan +nan 0x{f} 0b{b} {n} {n}.{n} 0.{n} 1e{n} "{n}" "1/0" "1/{n}" "{n}/7"
true 1979-05-27 07:32:00 '' [] {} [[]] -0.0 1_0.0_1 0.1e1 1.e5 .5 5. +1 1__0 "0x10" "1e5" "inf" "١٢" "1e400" "-1"
""".replace("{n}", "9" * 4000)
    .replace("{f}", "f" * 5000)
    .replace("{b}", "1" * 5000)
    .split()
)
TOKENS = [
    b"[",
    b"]",
    b"{",
    b"}",
    b"=",
    b".",
    b",",
    b'"',
    b"'",
    b'"""',
    b"'''",
    b"\\",
    b"#",
    b"\n",
    b"\r",
    b"\t",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xe2\x80\xae",
    b"\x1b[2J",
    b"__import__('os').system('exit 9')",
    b"!!python/object",
    b"[model]",
    b"[[reforms]]",
    b"[goal]",
    b"[reforms.custom.x]",
    b"kind",
    b"edits.authority = { add = 1 }",
    b"-1",
    b"1e31",
    b"[a.b.c.d]",
    b"${HOME}",
    b"%s%n",
    b"{0.__class__}",
    b"\\u0000",
    b"\\ud800",
    b"\\UFFFFFFFF",
    "漢".encode(),
    b"inf",
]


def by_bytes(rng, text):
    text = bytearray(text)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(text))
        how = rng.randrange(4)
        if how == 0:
            text[at] = rng.randrange(256)
        elif how == 1:
            del text[at : at + rng.randint(1, 30)]
        elif how == 2:
            text[at:at] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 5)))
        else:
            text[at:at] = text[at : at + rng.randint(1, 200)]
    return bytes(text)


def by_lines(rng, text):
    rows = text.split(b"\n")
    for _ in range(rng.randint(1, 4)):
        at, other = rng.randrange(len(rows)), rng.randrange(len(rows))
        how = rng.randrange(4)
        if how == 0:
            rows[at], rows[other] = rows[other], rows[at]
        elif how == 1:
            rows.insert(at, rows[other])
        elif how == 2 and len(rows) > 1:
            del rows[at]
        else:
            rows[at] = rows[at][: len(rows[at]) // 2] + rows[other][len(rows[other]) // 2 :]
    return b"\n".join(rows)


def by_tokens(rng, text):
    parts = re.split(rb"(\s+|[=\[\]{},.#\"'])", text)
    for _ in range(rng.randint(1, 5)):
        at = rng.randrange(len(parts))
        parts[at] = rng.choice(TOKENS) if rng.random() < 0.7 else parts[rng.randrange(len(parts))]
    return b"".join(parts)


def by_numbers(rng, text):
    def other(match):
        return b" = " + rng.choice(NUMBERS).encode() if rng.random() < 0.1 else match.group()

    return re.sub(rb" = [-0-9.]+", other, text)


def mutations():
    """2,000 files: 500 of each kind of mutation, the shipped files in turn."""
    for seed, mutate in enumerate((by_bytes, by_lines, by_tokens, by_numbers)):
        rng = random.Random(seed)
        for k in range(500):
            name = list(SHIPPED)[k % len(SHIPPED)]
            yield f"{mutate.__name__} {k} of {name}", mutate(rng, SHIPPED[name])


def attacks():
    """Files made to be slow, deep, large or confusing."""
    fill = MOST_BYTES - 200
    for number in NUMBERS:
        for key in ("authority", "accountability", "zzz"):
            yield f"{key} = {number[:20]}", TOP + f"{key} = {number}\n".encode()
        for line in (
            "[reforms]\ncosts.train = {}",
            "[reforms.custom.x]\nedits.authority = {{ add = {} }}",
            "[goal]\nunlocks = {}",
        ):
            yield f"{line[:12]} {number[:20]}", TOP + line.format(number).encode()
    for opening in (b"[", b"{a=", b"[{a=", b"[[", b"{a.b="):
        for count in (3, 20, 1000, fill // len(opening)):
            yield f"{count} times {opening!r}", TOP + b"zzz = " + opening * count
    for part in (b"a.", b'"".', b"a .", b"'.'."):
        for count in (10, 40, fill // len(part)):
            yield f"key of {count} {part!r}", TOP + part * count + b"a = 1"
            yield f"table of {count} {part!r}", TOP + b"[" + part * count + b"a]"
            yield f"inline key of {count} {part!r}", TOP + b"z = { " + part * count + b"a = 1 }"
    for row in (
        b"k%d = 1\n",
        b"[t%d]\n",
        b"[[t%d]]\n",
        b"[model.t%d]\n",
        b"[[model.t]]\n",
        b"[t.t%d.a.b.c.d.e.f]\n",
        b"# %d\n",
        b"authority = %d\n",
        b"[reforms.custom.x%d]\n",
        b"[reforms.custom.x%d.edits]\nauthority = {add=1}\n",
    ):
        rows = b"".join(row % k if b"%" in row else row for k in range(fill // (len(row) + 5)))
        yield f"many {row!r}", TOP + rows
    for value in (
        b'"a",',
        b"1.5,",
        b"1e400,",
        b"[],",
        b"{},",
        b"{a.b.c.d.e.f.g=1},",
        b"\n",
        b'"""',
        b"'''",
        b'"\\\\",',
    ):
        yield f"list of {value!r}", TOP + b"[reforms]\nuse = [" + value * (fill // len(value)) + b"]"
        yield f"sources of {value!r}", b"sources = [" + value * (fill // len(value)) + b"]\n" + TOP
    for text in (
        b"a" * fill,
        b'"' * fill,
        b"'" * fill,
        b"\\" * fill,
        b"\n" * fill,
        b"\0" * fill,
        b"\xff" * fill,
        b"=" * fill,
        b"#" * fill,
        b"." * fill,
        b" " * fill,
        "漢".encode() * (fill // 3),
        b"\r" * fill,
        b"9" * fill,
        b"",
        b"\xef\xbb\xbf",
    ):
        yield f"{len(text)} of {text[:2]!r}", text
        yield f"title of {len(text)} {text[:2]!r}", b'title = "' + text + b'"\n[model]\nkind = "delegation"\n'
        yield f"key of {len(text)} {text[:2]!r}", TOP + text + b" = 1\n"
        yield f"after {len(text)} {text[:2]!r}", TOP + b"[reforms.custom." + text[:50_000] + b"]\ncost = 1\n"
    for encoding in ("utf-16", "utf-32", "utf-16-le", "utf-7", "cp037"):
        yield encoding, SHIPPED["h_county"].decode().encode(encoding)
    yield "too large", b"#" * (MOST_BYTES + 1)


class Hung(Exception):
    pass


def result_of(path, content):
    path.write_bytes(content)
    try:
        return load(path)
    except ScenarioError as error:
        found = error
    assert len(str(found)) < 20_000
    assert "\x1b" not in str(found) and "\0" not in str(found)
    return found


def check_all(path, files):
    def hung(*_):
        raise Hung

    counts = {Scenario: 0, ScenarioError: 0}
    previous = signal.signal(signal.SIGALRM, hung)
    try:
        for name, content in files:
            signal.alarm(60)
            try:
                counts[type(result_of(path, content))] += 1
            except BaseException as error:
                raise AssertionError(f"{name}: {type(error).__name__}: {error}") from error
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)
    return counts


def test_2000_mutations_of_the_shipped_files_are_valid_or_refused(tmp_path):
    counts = check_all(tmp_path / "scenario.toml", mutations())
    assert sum(counts.values()) == 2000
    assert counts[Scenario] > 100 and counts[ScenarioError] > 1000


# a child's ru_maxrss starts at its parent's, so the kernel's own high-water mark of the new image is read instead
PEAK = "next(int(line.split()[1]) for line in open('/proc/self/status') if line.startswith('VmHWM'))"


def test_files_made_to_harm_are_refused_within_300_mb(tmp_path):
    """In a process of its own, because the peak of this one is not theirs."""
    code = f"""
import importlib.util, sys
spec = importlib.util.spec_from_file_location("hostile", sys.argv[1])
hostile = importlib.util.module_from_spec(spec)
spec.loader.exec_module(hostile)
from pathlib import Path
counts = hostile.check_all(Path(sys.argv[2]), hostile.attacks())
print(counts[hostile.Scenario], counts[hostile.ScenarioError], {PEAK})
"""
    arguments = [sys.executable, "-c", code, __file__, str(tmp_path / "scenario.toml")]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    valid, refused, peak = map(int, done.stdout.split())
    assert refused > 250 and valid > 10
    assert peak < 300 * 1024


def test_a_file_is_never_executed(tmp_path, monkeypatch):
    """Whatever a file says, it opens no other file and starts no program."""
    started = []
    watching = True
    own = str(tmp_path / "scenario.toml")

    def watch(event, arguments):
        if watching and event in ("subprocess.Popen", "os.system", "os.exec", "socket.connect"):
            started.append(event)
        if watching and event == "open" and isinstance(arguments[1], str) and arguments[1].startswith(("w", "a", "x")):
            started.append((event, arguments[0]))

    load("h_county")
    files = [content for k, (_, content) in enumerate(mutations()) if k % 20 == 0]
    sys.addaudithook(watch)
    for content in files:
        watching = False
        (tmp_path / "scenario.toml").write_bytes(content)
        watching = True
        try:
            load(own)
        except ScenarioError:
            continue
    watching = False
    assert not started


if not hasattr(signal, "SIGALRM"):  # pragma: no cover
    pytest.skip("needs alarms to notice a hang", allow_module_level=True)
