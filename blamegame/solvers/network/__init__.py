"""Games of many offices on a network."""

from blamegame.solvers.network.complements import complementary_orders as complementary_orders
from blamegame.solvers.network.network_equilibria import NetworkSolution as NetworkSolution
from blamegame.solvers.network.network_equilibria import network_equilibria as network_equilibria
from blamegame.solvers.network.share_range import ShareRange as ShareRange
from blamegame.solvers.network.share_range import event_share as event_share
from blamegame.solvers.network.share_range import share_range as share_range
