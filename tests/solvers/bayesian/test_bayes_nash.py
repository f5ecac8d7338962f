from __future__ import annotations

import io
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from blamegame.errors import GameError, IncompleteSolution, UnsupportedGame
from blamegame.games.bayesian import BayesianGame
from blamegame.games.bayesian_forms import agent_form, induced_game
from blamegame.games.beliefs import event_chance
from blamegame.games.responses import regret
from blamegame.models.delegation import Delegation
from blamegame.models.promotion import Promotion
from blamegame.solvers.bayesian.bayes_nash import bayes_nash, by_type, pure_bayes_nash
from blamegame.solvers.bayesian.event_range import bayes_event_range
from blamegame.solvers.strategic.nash import nash
from blamegame.solvers.strategic.pure import pure_nash

HALF = Fraction(1, 2)
PRIORS = {
    "independent": [[Fraction(1, 6), Fraction(1, 3)], [Fraction(1, 6), Fraction(1, 3)]],
    "correlated": [[Fraction(1, 2), Fraction(1, 8)], [Fraction(1, 8), Fraction(1, 4)]],
    "one sided": [[Fraction(2, 5), Fraction(3, 5)], [0, 0]],
    "a zero cell": [[0, Fraction(1, 3)], [Fraction(1, 3), Fraction(1, 3)]],
}


def random_game(seed, prior, n_actions=(2, 2), largest=2):
    shape = np.array(prior).shape
    payoffs = np.random.default_rng(seed).integers(-largest, largest + 1, size=(len(shape), *shape, *n_actions))
    return BayesianGame(payoffs, prior)


def as_keys(profiles):
    return {tuple(tuple(strategy.tolist()) for strategy in profile) for profile in profiles}


def pure_by_brute_force(game):
    """Plans for the types that exist such that no type gains: from the payoffs and prior alone."""
    agents, found = game.agents, set()
    for acts in product(*(range(game.n_actions[i]) for i, _ in agents)):
        plan = dict(zip(agents, acts))

        def worth(player, own, action, plan=plan):
            total = 0
            for t in np.argwhere(np.not_equal(game.prior, 0)).tolist():
                if t[player] == own:
                    cell = [action if i == player else plan[i, k] for i, k in enumerate(t)]
                    total += game.prior[tuple(t)] * game.payoffs[(player, *t, *cell)]
            return total

        if all(worth(i, k, plan[i, k]) >= worth(i, k, other) for i, k in agents for other in range(game.n_actions[i])):
            found.add(
                tuple(
                    tuple(Fraction(int(a == act)) for a in range(game.n_actions[i]))
                    for (i, _), act in zip(agents, acts)
                )
            )
    return found


@pytest.mark.parametrize("prior", PRIORS.values(), ids=PRIORS.keys())
@pytest.mark.parametrize("seed", range(8))
def test_no_type_gains_at_any_equilibrium_and_every_pure_one_is_listed(prior, seed):
    game = random_game(seed, prior, largest=1 + seed % 3)
    solution = bayes_nash(game)
    assert solution.complete and len(as_keys(solution.equilibria)) == len(solution) > 0
    assert all(max(regret(solution.game, profile)) == 0 for profile in solution.equilibria)
    pure = as_keys(pure_bayes_nash(game).equilibria)
    assert pure == pure_by_brute_force(game) and pure <= as_keys(solution.equilibria)
    assert {k for group in solution.components for k in group} == set(range(len(solution)))


def as_tree(game):
    """A 2 x 2 game with 2 x 2 types in Gambit's format: nature, then player 1, then player 2 who does not see 1."""
    lines = ['EFG 2 R "types" { "1" "2" }']
    cells = list(np.ndindex(2, 2))
    lines.append('c "" 1 "" { ' + " ".join(f'"{k}" {game.prior[cell]}' for k, cell in enumerate(cells)) + " } 0")
    outcome = 0
    for first, second in cells:
        lines.append(f'p "" 1 {first + 1} "" {{ "a" "b" }} 0')
        for a in range(2):
            lines.append(f'p "" 2 {second + 1} "" {{ "a" "b" }} 0')
            for b in range(2):
                outcome += 1
                values = ", ".join(str(game.payoffs[i, first, second, a, b]) for i in range(2))
                lines.append(f't "" {outcome} "" {{ {values} }}')
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("seed", range(12))
def test_gambit_finds_the_same_behaviour_on_the_tree(seed):
    import pygambit as gambit

    game = random_game(100 + seed, PRIORS["correlated"], largest=9)
    tree = gambit.read_efg(io.StringIO(as_tree(game)))
    theirs = set()
    for mixed in gambit.nash.enummixed_solve(tree, rational=True).equilibria:
        behaviour = mixed.as_behavior()
        theirs.add(
            tuple(
                tuple(Fraction(int(p.numerator), int(p.denominator)) for p in (strategy["a"], strategy["b"]))
                for player in ("1", "2")
                for _, strategy in behaviour[player]
            )
        )
    assert as_keys(bayes_nash(game).equilibria) == theirs


def test_mixtures_of_plans_that_say_the_same_are_one_equilibrium():
    zero = BayesianGame(np.zeros((2, 1, 2, 1, 2), dtype=int), [[HALF, HALF]])
    solution = bayes_nash(zero)
    assert len(solution) == 4 and solution.components == ((0, 1, 2, 3),)
    pennies = [[1, -1], [-1, 1]]
    blind = BayesianGame(np.array([[[pennies, pennies]], [[np.negative(pennies)] * 2]]), [[HALF, HALF]])
    solution = bayes_nash(blind)
    assert solution.stats["induced_equilibria"] >= len(solution)
    weights = [(y + z) / 2 for _, (y, _), (z, _) in solution.equilibria]
    assert weights == [HALF] * len(solution)  # only the average over the types matters to the other


def test_a_type_that_does_not_exist_does_not_multiply_equilibria():
    model = Promotion(prospects=0)
    solution = bayes_nash(model.bayesian_game())
    assert solution.game.players == ("upper", "lower")
    known = bayes_nash(BayesianGame(model.known(prospects=False).stage_game().payoffs[:, None, None], [[1]]))
    assert as_keys(solution.equilibria) == as_keys(known.equilibria)


def test_a_game_without_private_information_is_the_strategic_game():
    stage = Delegation(authority=Fraction(7, 10)).stage_game()
    solution = bayes_nash(BayesianGame(stage.payoffs[:, None, None], [[1]]))
    assert as_keys(solution.equilibria) == as_keys(nash(stage).equilibria)


def test_a_player_alone_chooses_the_best_for_each_type():
    game = BayesianGame([[[3, 1], [0, 2]]], [HALF, HALF])
    assert as_keys(bayes_nash(game).equilibria) == {((1, 0), (0, 1))}


def test_floats_give_floats():
    game = random_game(3, np.array(PRIORS["correlated"], dtype=np.float64))
    exact = random_game(3, PRIORS["correlated"])
    rounded = bayes_nash(game).equilibria
    assert all(strategy.dtype == np.float64 and not strategy.flags.writeable for e in rounded for strategy in e)
    assert as_keys(rounded) == as_keys([tuple(s.astype(float) for s in e) for e in bayes_nash(exact).equilibria])
    assert as_keys(pure_bayes_nash(game).equilibria) == as_keys(
        [tuple(s.astype(float) for s in e) for e in pure_bayes_nash(exact).equilibria]
    )


def test_three_players_have_their_pure_equilibria_only():
    prior = np.full((1, 2, 2), Fraction(1, 4))
    game = random_game(2, prior, (2, 2, 2))
    assert as_keys(pure_bayes_nash(game).equilibria) == pure_by_brute_force(game)
    with pytest.raises(UnsupportedGame, match="this game has 3; use pure_bayes_nash"):
        bayes_nash(game)


def test_time_that_runs_out_is_told():
    prior = np.full((3, 3), Fraction(1, 9))
    solution = bayes_nash(random_game(1, prior, (3, 3), 9), time_limit=0)
    assert not solution.complete and "time_limit" in solution.status
    with pytest.raises(IncompleteSolution):
        bayes_event_range(random_game(1, prior, (3, 3), 9), np.ones((3, 3), dtype=bool), time_limit=0)


def test_by_type_sums_over_the_other_types():
    mixture = np.arange(8).astype(object)
    parts = by_type(mixture, (2, 2, 2))
    assert [part.tolist() for part in parts] == [[6, 22], [10, 18], [12, 16]]


def test_the_range_of_an_event_over_actions_runs_over_every_equilibrium():
    for seed in range(6):
        game = random_game(seed, PRIORS["correlated"])
        event = np.array([[True, False], [False, False]])
        chances = [event_chance(game, e, event) for e in bayes_nash(game).equilibria]
        assert bayes_event_range(game, event) == (min(chances), max(chances))


def test_the_range_of_an_event_over_plans_forgives_types_that_do_not_exist():
    model = Promotion(prospects=0)
    game = model.bayesian_game()
    lower = np.zeros((2, 3, 3), dtype=bool)
    lower[1, 1, 1:] = True  # escalates without prospects; with them (nobody) escalates or fakes
    assert bayes_event_range(game, lower.reshape(2, 9)) == (0, 0)
    lower[1, 1, :] = True
    assert bayes_event_range(game, lower.reshape(2, 9)) == (1, 1)


def test_an_event_of_another_shape_is_refused_and_float_games_give_floats():
    game = random_game(0, np.array(PRIORS["correlated"], dtype=np.float64))
    with pytest.raises(GameError, match=r"\(2, 2\) \(actions\) or \(4, 4\) \(plans\)"):
        bayes_event_range(game, np.ones((2, 3), dtype=bool))
    assert all(isinstance(end, float) for end in bayes_event_range(game, np.eye(2, dtype=bool)))


def test_the_induced_game_and_the_agent_form_have_the_same_pure_equilibria():
    for seed in range(10):
        game = random_game(seed, PRIORS["a zero cell"])
        induced = {
            tuple(tuple(s.tolist()) for x in e for s in by_type(x, (2, 2)))
            for e in pure_nash(induced_game(game)).equilibria
        }
        assert induced == as_keys(pure_bayes_nash(game).equilibria)
        assert agent_form(game).n_players == 4
