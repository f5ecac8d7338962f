"""Measures of the Nash equilibria of two players: which there are, how likely success is, what they pay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.errors import StudyError, UnsupportedGame
from blamegame.games.responses import expected_payoffs
from blamegame.games.strategic import Array
from blamegame.models.forms import Table
from blamegame.models.model import Model
from blamegame.studies.cells import Cells, game_of
from blamegame.studies.measures.measure import Values, nash_profiles, two_players
from blamegame.studies.measures.supports import MOST_SUPPORT_PAIRS, support_pairs
from blamegame.studies.schema import Variable, declared


@dataclass(frozen=True)
class Equilibria:
    """Which supports the Nash equilibria have, how many extreme ones there are, and how many pure ones.

    ``equilibria`` holds one bit for each pair of supports; :func:`equilibrium_labels` puts them in words.

    >>> from blamegame.models.delegation import Delegation
    >>> from blamegame.studies.measures.supports import support_words
    >>> values = Equilibria().of_model(Delegation())
    >>> support_words(values["equilibria"], Delegation.actions), values["equilibria_count"]
    ('(push, escalate)', 1)
    """

    def variables(self, model: Model) -> tuple[Variable, ...]:
        actions = two_players(model, "Equilibria").actions
        first, second = map(len, actions)
        count = ((1 << first) - 1) * ((1 << second) - 1)
        if count > MOST_SUPPORT_PAIRS:
            raise UnsupportedGame(
                f"Equilibria labels up to {MOST_SUPPORT_PAIRS} pairs of supports, these games have {count:,}; "
                "use Avoidance or Success"
            )
        pairs = support_pairs(first, second)
        words = [":".join("/".join(labels[i] for i in s) for labels, s in zip(actions, pair)) for pair in pairs]
        flags = {
            "flag_masks": np.int64(1) << np.arange(len(pairs), dtype=np.int64),
            "flag_meanings": " ".join(word.replace(" ", "_") for word in words),
        }
        masks = declared("equilibria", attributes=flags, concept="nash")
        return (masks, *(declared(name, concept="nash") for name in ("equilibria_count", "pure_count")))

    def batched(self, model: Model) -> bool:
        return True

    def of_cells(self, cells: Cells) -> Values:
        from blamegame.solvers.strategic.batch import pure_counts, support_codes

        batch = cells.equilibria
        m, n = batch.first.shape[1], batch.second.shape[1]
        bits = np.zeros(1 << (m + n), dtype=np.int64)
        for position, (first, second) in enumerate(support_pairs(m, n)):
            bits[sum(1 << i for i in first) + sum(1 << (m + j) for j in second)] = 1 << position
        masks = np.bitwise_or.reduceat(bits[support_codes(batch)], batch.offsets[:-1])
        return {"equilibria": masks, "equilibria_count": batch.counts, "pure_count": pure_counts(batch)}

    def of_model(self, model: Model) -> Values:
        game = two_players(model, "Equilibria")
        supports = [(_support(first), _support(second)) for first, second in nash_profiles(game)]
        order = {pair: position for position, pair in enumerate(support_pairs(*game.n_actions))}
        mask = 0
        for pair in supports:
            mask |= 1 << order[pair]
        pure = sum(all(len(support) == 1 for support in pair) for pair in supports)
        return {"equilibria": mask, "equilibria_count": len(supports), "pure_count": pure}


@dataclass(frozen=True)
class Success:
    """Largest and smallest probability of success over all Nash equilibria."""

    def variables(self, model: Model) -> tuple[Variable, ...]:
        two_players(model, "Success")
        if not isinstance(model, Table) or model.success() is None:
            raise StudyError(f"{type(model).__name__} has no probability of success; leave the measure Success out")
        return tuple(declared(name, concept="nash") for name in ("success_best", "success_worst"))

    def batched(self, model: Model) -> bool:
        return True

    def of_cells(self, cells: Cells) -> Values:
        from blamegame.solvers.strategic.batch import expectation_range

        model: Any = cells.floats
        low, high = expectation_range(
            cells.equilibria, np.broadcast_to(model.success(), cells.games.payoffs[:, 0].shape)
        )
        return {"success_best": high, "success_worst": low}

    def of_model(self, model: Model) -> Values:
        table = np.asarray(model.success())  # type: ignore[attr-defined]  # variables() asked whether it has one
        values = [float(x @ table @ y) for x, y in nash_profiles(game_of(model))]
        return {"success_best": max(values), "success_worst": min(values)}


@dataclass(frozen=True)
class Payoffs:
    """Each player's largest and smallest payoff over all Nash equilibria."""

    def variables(self, model: Model) -> tuple[Variable, ...]:
        players = two_players(model, "Payoffs").players
        dims = (("player", players),)
        return tuple(declared(name, dims=dims, concept="nash") for name in ("payoff_best", "payoff_worst"))

    def batched(self, model: Model) -> bool:
        return True

    def of_cells(self, cells: Cells) -> Values:
        from blamegame.solvers.strategic.batch import expectation_range

        ends = [expectation_range(cells.equilibria, cells.games.payoffs[:, player]) for player in range(2)]
        worst, best = (np.stack([end[side] for end in ends], axis=1) for side in (0, 1))
        return {"payoff_best": best, "payoff_worst": worst}

    def of_model(self, model: Model) -> Values:
        game = game_of(model)
        values = np.array([[float(u) for u in expected_payoffs(game, profile)] for profile in nash_profiles(game)])
        return {"payoff_best": values.max(axis=0), "payoff_worst": values.min(axis=0)}


def _support(strategy: Array) -> tuple[int, ...]:
    return tuple(np.flatnonzero(strategy != 0).tolist())
