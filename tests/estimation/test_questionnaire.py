from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from blamegame.errors import CasesError
from blamegame.estimation.design import Design
from blamegame.estimation.facts import Between, Counted
from blamegame.estimation.questionnaire import facts_of, questionnaire_template, read_questionnaire
from blamegame.models.delegation import Delegation

PAGE = (Path(__file__).parents[2] / "docs" / "measuring_a_county.md").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(questionnaire_template().splitlines()))


def filled(**answers):
    """The template with some rows answered: (k, n) whole numbers, or (least, most) texts."""
    lines = questionnaire_template().splitlines()
    out = [lines[0]]
    for row, line in zip(ROWS, lines[1:]):
        one, two = answers.get(row["parameter"], ("", ""))
        counted = isinstance(one, int)
        cells = [one, two, "", ""] if counted else ["", "", one, two]
        out.append(line.removesuffix(",,,,,") + "," + ",".join(map(str, cells)) + ",somebody")
    return "\n".join(out) + "\n"


def test_there_is_a_question_for_every_parameter_that_a_county_can_be_asked_about():
    asked = [row["parameter"] for row in ROWS]
    assert len(asked) == len(set(asked))
    rules = {"causal_weight", "competence_weight", "risk_aversion", "inconsistency"}
    assert set(Delegation.parameters()) - set(asked) <= rules
    assert set(asked) <= set(Delegation.parameters())


def test_answers_become_facts_of_a_design():
    facts = facts_of(read_questionnaire(filled(tolerance=(3, 41), accountability=("0.8", "1.2"))))
    assert facts == {"tolerance": Counted(3, 41), "accountability": Between(Fraction(4, 5), Fraction(6, 5))}
    assert Design(Delegation(), {"base": ()}, ["authority"], facts).facts["tolerance"] == Counted(3, 41)


def test_an_empty_questionnaire_knows_nothing():
    answers = read_questionnaire(questionnaire_template())
    assert facts_of(answers) == {} and len(answers) == len(ROWS)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"tolerance": (5, 4)}, "tolerance: 5 of 4 is not a count"),
        ({"accountability": ("1.2", "0.8")}, "accountability: an interval from 1.2 to 0.8 is empty"),
        ({"accountability": ("1e999", "2")}, "accountability: 1e999"),
        ({"accountability": ("much", "2")}, "accountability: much"),
    ],
)
def test_bad_answers_are_named(answers, said):
    with pytest.raises(CasesError, match=said):
        read_questionnaire(filled(**answers))


def test_rows_of_no_parameter_and_rows_twice_are_named_with_their_line():
    text = questionnaire_template() + "mood,scale,How?,,,,,\ntolerance,share,Again?,,,,,\n"
    with pytest.raises(CasesError) as error:
        read_questionnaire(text)
    last = len(ROWS) + 2
    assert error.value.problems == (
        f"line {last}: 'mood' is not a parameter of the county",
        f"line {last + 1}: 'tolerance' is answered twice",
    )


def test_the_page_speaks_of_every_question():
    for row in ROWS:
        assert f"`{row['parameter']}`" in PAGE, row["parameter"]


def test_the_page_runs_as_it_stands():
    import doctest

    parser = doctest.DocTestParser()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(parser.get_doctest(PAGE.replace("```", "\n"), {}, "measuring_a_county", None, 0))
    assert runner.summarize().failed == 0
