"""Games on intervals."""

from blamegame.solvers.continuous.best_response_iteration import best_response_bracket as best_response_bracket
from blamegame.solvers.continuous.best_response_iteration import deviation_gain as deviation_gain
from blamegame.solvers.continuous.fixed_point import verified_fixed_point as verified_fixed_point
from blamegame.solvers.continuous.increasing_differences import increasing_differences as increasing_differences
