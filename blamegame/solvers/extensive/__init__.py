"""Games in stages: backward induction, sequence form, outcomes."""

from blamegame.solvers.extensive.backward_induction import backward_induction as backward_induction
from blamegame.solvers.extensive.kuhn import to_behaviour as to_behaviour
from blamegame.solvers.extensive.kuhn import to_mixed as to_mixed
from blamegame.solvers.extensive.outcome_range import OutcomeRange as OutcomeRange
from blamegame.solvers.extensive.outcome_range import outcome_range as outcome_range
from blamegame.solvers.extensive.outcome_range import subgame_perfect_outcomes as subgame_perfect_outcomes
from blamegame.solvers.extensive.reduced_form import reduced_strategic_form as reduced_strategic_form
from blamegame.solvers.extensive.regrets import information_set_regrets as information_set_regrets
from blamegame.solvers.extensive.regrets import is_subgame_perfect as is_subgame_perfect
from blamegame.solvers.extensive.regrets import subgame_regrets as subgame_regrets
from blamegame.solvers.extensive.sequence_form import SequenceForm as SequenceForm
from blamegame.solvers.extensive.sequence_form import sequence_form as sequence_form
from blamegame.solvers.extensive.sequence_form import sequence_form_nash as sequence_form_nash
from blamegame.solvers.extensive.solution import TreeSolution as TreeSolution
from blamegame.solvers.extensive.subgame_perfect import subgame_perfect as subgame_perfect
