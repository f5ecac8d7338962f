"""The command: check one file, say what came out."""

from __future__ import annotations

from .budget import Refused
from .check import check
from .reading import read


def main(arguments: list[str]) -> int:
    try:
        verdict = check(read(" ".join(arguments)))
    except Refused as error:
        print(f"Not checked: {error} (usage: python checker FILE)")
        return 2
    print(verdict)
    return 0 if verdict.holds else 1
