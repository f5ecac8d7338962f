"""Games with private types."""

from blamegame.solvers.bayesian.bayes_nash import bayes_nash as bayes_nash
from blamegame.solvers.bayesian.bayes_nash import pure_bayes_nash as pure_bayes_nash
from blamegame.solvers.bayesian.prior_thresholds import PriorThresholds as PriorThresholds
from blamegame.solvers.bayesian.prior_thresholds import prior_thresholds as prior_thresholds
