"""Games over states: stationary Markov-perfect equilibria."""

from blamegame.solvers.stochastic.frequency_range import markov_avoidance_range as markov_avoidance_range
from blamegame.solvers.stochastic.logit_markov import logit_markov as logit_markov
from blamegame.solvers.stochastic.markov_perfect import markov_perfect as markov_perfect
from blamegame.solvers.stochastic.solution import MarkovSolution as MarkovSolution
from blamegame.solvers.stochastic.support_enumeration import all_markov_perfect as all_markov_perfect
