"""How play gets there: best replies that feed each other, learning, evolution, and which resting point lasts."""

from blamegame.dynamics.basins import population_basins as population_basins
from blamegame.dynamics.basins import replicator_basins as replicator_basins
from blamegame.dynamics.basins import smoothed_basins as smoothed_basins
from blamegame.dynamics.best_response_graph import best_response_graph as best_response_graph
from blamegame.dynamics.best_response_graph import feeds as feeds
from blamegame.dynamics.best_response_graph import sinks as sinks
from blamegame.dynamics.evolutionary_stability import evolutionarily_stable as evolutionarily_stable
from blamegame.dynamics.fictitious_play import fictitious_play as fictitious_play
from blamegame.dynamics.log_linear import log_linear as log_linear
from blamegame.dynamics.log_linear_batch import log_linear_batch as log_linear_batch
from blamegame.dynamics.replicator import population_replicator as population_replicator
from blamegame.dynamics.replicator import replicator as replicator
from blamegame.dynamics.risk_dominance import risk_dominance as risk_dominance
from blamegame.dynamics.smoothed_best_reply import smoothed_best_reply as smoothed_best_reply
from blamegame.dynamics.stable_range import stable_classes as stable_classes
from blamegame.dynamics.stable_range import stable_range as stable_range
