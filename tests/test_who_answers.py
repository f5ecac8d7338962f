"""docs/who_answers.md is what the table says; ``python tests/test_who_answers.py`` writes it anew."""

from __future__ import annotations

from pathlib import Path

from blamegame.answers.overview import who_answers
from blamegame.answers.table import RANGES
from blamegame.concepts import KINDS as CONCEPTS
from blamegame.scenario.kinds import KINDS

PAGE = Path(__file__).parents[1] / "docs" / "who_answers.md"


def page() -> str:
    """The page, from the table of answers and from what each kind of model declares."""
    lines = [
        "# Who answers what",
        "",
        "Written from the one table of answers (`blamegame/answers/table.py`); `blamegame doctor --answers` prints it.",
        "",
        "| form of game | concept | the range is taken | many at once |",
        "|---|---|---|---|",
        *(
            f"| {form} | `{concept}` | {answer[:1].lower()}{answer[1:]} | {'yes' if batch else ''} |"
            for form, concept, answer, batch in who_answers()
        ),
        "",
        "## Which model is asked for what",
        "",
        "The first concept is the default. Everything else is refused in the words of where it was asked.",
        "",
        "| kind of model | form | " + " | ".join(f"`{concept.__name__}`" for concept in CONCEPTS) + " |",
        "|---|---|" + "---|" * len(CONCEPTS),
    ]
    for name, kind in KINDS.items():
        model = kind.model_class()
        form = next(base.__name__ for base in model.__mro__ if base.__module__ == "blamegame.models.forms")
        marks = ["default" if c is model.concepts[0] else "yes" if c in model.concepts else "" for c in CONCEPTS]
        lines.append(f"| {name} | `{form}` | {' | '.join(marks)} |")
    return "\n".join([*lines, ""])


def test_the_page_says_what_the_table_says():
    assert PAGE.read_text(encoding="utf-8") == page(), "run python tests/test_who_answers.py"


def test_every_row_is_said_in_words():
    assert len(who_answers()) == len(RANGES) and all(answer for _, _, answer, _ in who_answers())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
