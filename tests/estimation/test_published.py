"""Published experiments: log likelihoods to 1e-3, estimates to 1e-5, as the specification states them."""

from __future__ import annotations

import numpy as np
import pytest

from blamegame.errors import CasesError
from blamegame.estimation.cognitive_hierarchy import CognitiveHierarchy
from blamegame.estimation.compare import leave_one_out, vuong
from blamegame.estimation.fit import fit
from blamegame.estimation.level_k import LevelK
from blamegame.estimation.published import PUBLISHED, published, source_of
from blamegame.estimation.trembles import Trembles

SELTEN_CHMURA, VOLUNTEERS = "selten_chmura_2008", "goeree_holt_smith_2017"


@pytest.mark.parametrize(
    ("name", "theory", "values", "log_likelihood"),
    [
        (SELTEN_CHMURA, None, {"rationality": 1.246812}, -49854.0369),
        (SELTEN_CHMURA, Trembles(0.0), {}, -52150.8751),
        (SELTEN_CHMURA, Trembles(), {"tremble": 0.209543}, -50980.0972),
        (SELTEN_CHMURA, LevelK(1), {"rationality": 0.097201}, -58960.4483),
        (SELTEN_CHMURA, CognitiveHierarchy(), {"mean level": 4.79973, "rationality": 0.64815}, -50205.3621),
        (SELTEN_CHMURA, CognitiveHierarchy("exact"), {"mean level": 4.456702}, -53625.7208),
        (VOLUNTEERS, None, {"rationality": 11.01967}, -2391.594),
        (VOLUNTEERS, Trembles(0.0), {}, -2461.442),
        (VOLUNTEERS, Trembles(), {"tremble": 0.234046}, -2403.4466),
        ("ochs_1995", None, {"rationality": 1.845610}, -174.764532),
        ("goeree_holt_2001", None, {"rationality": 6.28989}, None),
    ],
)
def test_the_stated_fits_are_found(name, theory, values, log_likelihood):
    found = fit(*published(name), theory=theory)
    assert found.values == pytest.approx(values, abs=1e-5)
    if log_likelihood is not None:
        assert found.log_likelihood == pytest.approx(log_likelihood, abs=1e-3)


def test_a_hierarchy_with_errors_beats_logit_among_volunteers_by_little():
    cases, games = published(VOLUNTEERS)
    thinking = fit(cases, games, theory=CognitiveHierarchy(levels=40))
    assert thinking.log_likelihood == pytest.approx(-2389.94, abs=6e-3)
    assert thinking.log_likelihood - fit(cases, games).log_likelihood == pytest.approx(1.66, abs=6e-3)


def test_uniform_play_is_far_worse():
    cases, _ = published(SELTEN_CHMURA)
    assert sum(float(choice.count) for choice in cases.choices) * np.log(0.5) == pytest.approx(-59887.9164, abs=1e-3)


def test_better_than_nash_is_not_a_good_fit():
    selten, volunteers = (fit(*published(name)).goodness for name in (SELTEN_CHMURA, VOLUNTEERS))
    assert (selten.deviance, selten.degrees) == (pytest.approx(880.5, abs=0.05), 23)
    assert (volunteers.deviance, volunteers.degrees) == (pytest.approx(113.3, abs=0.05), 4)
    assert "does NOT fit" in str(selten)


def test_errors_by_choice_and_by_game():
    found = fit(*published(SELTEN_CHMURA))
    alone = found.interval("rationality", clustered=False)
    assert (alone.low, alone.high) == pytest.approx((1.198685, 1.297773), abs=1e-5)
    assert found.standard_errors["rationality"] == pytest.approx(0.158, abs=5e-4)
    wide = found.interval("rationality")
    assert wide.low < 1.0 and wide.high > 1.6


def test_rivals_by_choice_and_by_game():
    cases, games = published(SELTEN_CHMURA)
    logit, trembling = fit(cases, games), fit(cases, games, theory=Trembles())
    thinking = fit(cases, games, theory=CognitiveHierarchy())
    assert vuong(logit, trembling, by_cluster=False).statistic == pytest.approx(16.7, abs=0.05)
    assert vuong(logit, trembling).statistic == pytest.approx(2.3, abs=0.05)
    assert vuong(logit, thinking, by_cluster=False).statistic == pytest.approx(10.2, abs=0.05)
    assert vuong(logit, thinking).statistic == pytest.approx(1.4, abs=0.05)
    assert "neither" in str(vuong(logit, thinking))


def test_leaving_one_game_out():
    assert sum(leave_one_out(fit(*published(SELTEN_CHMURA))).values()) == pytest.approx(-49902.5042, abs=1e-3)


def test_nash_without_errors_has_the_sign_of_buck_passing_wrong():
    cases, games = published(VOLUNTEERS)
    sizes = np.array([2, 3, 6, 9, 12])

    def nobody(theory):
        waits = np.exp(fit(cases, games, theory=theory).log_probabilities).reshape(-1, 2)[:, 1]
        return waits**sizes

    assert nobody(Trembles(0.0))[[0, -1]] == pytest.approx([0.0625, 0.2204], abs=1e-4)
    assert nobody(Trembles()) == pytest.approx([0.0952, 0.1250, 0.1152, 0.0857, 0.0612], abs=1e-4)
    logit, seen = nobody(None), [(1 - 351 / 680) ** 2, (1 - 180 / 960) ** 12]
    assert seen == pytest.approx([0.2341, 0.0828], abs=1e-4)
    assert logit[0] > logit[-1]


def test_matching_pennies_one_treatment_at_a_time():
    cases, games = published("goeree_holt_2001")
    rates = {}
    for name in games.regime_names:
        rates[name] = fit(cases.only([name]), games.only([name])).estimates["rationality"]
    assert rates["80 cents"] is None  # the symmetric game says nothing about precision
    assert (rates["320 cents"], rates["44 cents"]) == pytest.approx((4.26312, 9.81435), abs=1e-5)


def test_fits_agree_with_gambit():
    gambit = pytest.importorskip("pygambit")
    cases, games = published("ochs_1995")
    game = gambit.StrategicGame.from_arrays(*(np.array(table) for table in games.games["game 2"].payoffs))
    counts = [[float(cases.count("game 2", o, a)) for a in actions] for o, actions in games.offices]
    data = game.mixed_strategy_profile(counts)
    theirs = gambit.qre.logit_estimate(data)
    ours = fit(cases, games)
    assert ours.values["rationality"] == pytest.approx(theirs.lam, abs=1e-4)
    assert ours.log_likelihood == pytest.approx(theirs.log_like, abs=1e-6)


def test_the_pooled_precision_is_the_one_a_search_over_gambits_branches_finds():
    gambit = pytest.importorskip("pygambit")
    from scipy.optimize import minimize_scalar

    cases, games = published(SELTEN_CHMURA)
    tables, counts = [], []
    for name, game in games.games.items():
        tables.append(gambit.StrategicGame.from_arrays(*(np.array(table) for table in game.payoffs)))
        counts.append([float(cases.count(name, o, a)) for o, actions in games.offices for a in actions])

    def down(rate):
        total = 0.0
        for table, seen in zip(tables, counts):
            (found,) = gambit.qre.logit_solve_lambda(table, rate)
            total -= np.dot(seen, np.log([found.profile[player][action] for player in "12" for action in "12"]))
        return total

    theirs = minimize_scalar(down, bounds=(0.5, 3), method="bounded", options={"xatol": 1e-7})
    ours = fit(cases, games)
    assert ours.values["rationality"] == pytest.approx(theirs.x, abs=1e-5)
    assert ours.log_likelihood == pytest.approx(-theirs.fun, abs=1e-4)


def test_each_file_names_its_source():
    assert all(len(source_of(name)) > 60 for name in PUBLISHED)
    with pytest.raises(CasesError, match="not shipped"):
        published("nobody_2020")
