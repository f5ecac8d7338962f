"""Reforms, goals, and the search over every bundle of them."""

from blamegame.reforms.catalogue import CATALOGUE as CATALOGUE
from blamegame.reforms.goal import Goal as Goal
from blamegame.reforms.goal import at_least as at_least
from blamegame.reforms.goal import at_most as at_most
from blamegame.reforms.goal import removes as removes
from blamegame.reforms.goal import unique as unique
from blamegame.reforms.goal import unlocks as unlocks
from blamegame.reforms.local import apply_in as apply_in
from blamegame.reforms.local import by_place as by_place
from blamegame.reforms.plan import ReformPlan as ReformPlan
from blamegame.reforms.proof import main_claim as main_claim
from blamegame.reforms.proof import prove as prove
from blamegame.reforms.reform import Edit as Edit
from blamegame.reforms.reform import Reform as Reform
from blamegame.reforms.reform import apply as apply
from blamegame.reforms.reform import choose as choose
from blamegame.reforms.remedies import FURTHER_REFORMS as FURTHER_REFORMS
from blamegame.reforms.remedies import response_mix as response_mix
from blamegame.reforms.search import search as search
from blamegame.reforms.shapley import shapley as shapley
