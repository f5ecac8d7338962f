"""Every shipped scenario under every concept, by every verb and at the shell: answered, or refused in words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from click.testing import CliRunner

from blamegame import verbs
from blamegame.cli import main
from blamegame.concepts import Logit, MarkovPerfect, Nash, PublicPerfect, SubgamePerfect
from blamegame.errors import BlamegameError
from blamegame.scenario import load, shipped_names
from blamegame.scenario.kinds import KINDS, kind_of
from blamegame.testing.model_checks import EVERY_CONCEPT

ONE_OF_EACH = sorted({kind_of(load(name).model): name for name in shipped_names()}.values())
QUICK = [name for name in ONE_OF_EACH if name not in ("nation", "difficulty")]
TYPED = {
    "nash": [],
    "correlated": [],
    "coarse-correlated": [],
    "rationalizable": [],
    "logit": ["--rationality", "2"],
    "subgame-perfect": ["--discount", "1/2", "--pure"],
    "public-perfect": ["--discount", "1/2", "--pure"],
    "markov-perfect": ["--discount", "1/2"],
}


def asked(call):
    """ "answered", or the words of the refusal; anything but the library's own errors goes through."""
    try:
        call()
    except BlamegameError as error:
        return str(error)
    return "answered"


def test_every_kind_is_in_the_matrix():
    assert {kind_of(load(name).model) for name in ONE_OF_EACH} == KINDS.keys()


@pytest.mark.parametrize("concept", EVERY_CONCEPT, ids=str)
@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_a_range_is_answered_or_refused_by_the_name_of_what_is(name, concept):
    scenario = load(name)
    said = asked(lambda: verbs.avoidance(scenario, concept))
    kinds = type(scenario.model).concepts
    if said == "answered":
        found = verbs.avoidance(scenario, concept)
        assert type(concept) in kinds and found.concept == concept and found.about
        assert ("pure" in str(found)) == bool(concept.settings.get("pure"))
    elif type(concept) not in kinds:
        assert all(kind.__name__ in said for kind in kinds)
    else:
        assert "discount" in said or "players" in said or "success" in said


@pytest.mark.parametrize("word", TYPED)
@pytest.mark.parametrize("name", QUICK)
def test_the_shell_answers_or_refuses_in_words_of_the_shell(name, word):
    result = CliRunner().invoke(main, ["solve", name, "--concept", word, *TYPED[word], "--json"])
    assert result.exit_code in (0, 2), result.output
    if result.exit_code:
        assert ("Fraction(" not in result.output and "--" in result.output) or "players" in result.output


def test_no_option_is_ignored():
    """An option that is taken changes what is said; one that has no meaning is refused."""
    refused = [("--concept", word, "--discount", "9/10") for word in ("subgame-perfect", "public-perfect")]
    runs = [CliRunner().invoke(main, ["solve", "three_stages", "--json", *more]) for more in [(), *refused]]
    assert [run.exit_code for run in runs] == [0, 2, 2]
    for concept in (Nash(), SubgamePerfect(), Logit(1), MarkovPerfect(Fraction(1, 2)), PublicPerfect(Fraction(1, 2))):
        for name in ("team", "departments"):
            said = asked(lambda name=name, concept=concept: verbs.avoidance(load(name), concept))
            assert (said == "answered") == (concept == Nash())
