"""From cases to parameters: what coded cases say of a county, what they cannot say, and the region they leave.

``identify`` before data, ``fit`` after; a fit's ``region()`` and ``cells()`` are what reforms are then proved over.
"""

from blamegame.estimation.bootstrap import bootstrap as bootstrap
from blamegame.estimation.cases import Cases as Cases
from blamegame.estimation.cognitive_hierarchy import CognitiveHierarchy as CognitiveHierarchy
from blamegame.estimation.compare import independence as independence
from blamegame.estimation.compare import leave_one_out as leave_one_out
from blamegame.estimation.compare import likelihood_ratio as likelihood_ratio
from blamegame.estimation.compare import vuong as vuong
from blamegame.estimation.design import Design as Design
from blamegame.estimation.design import Experiment as Experiment
from blamegame.estimation.design import SymmetricGame as SymmetricGame
from blamegame.estimation.facts import Between as Between
from blamegame.estimation.facts import Counted as Counted
from blamegame.estimation.fit import Fit as Fit
from blamegame.estimation.fit import fit as fit
from blamegame.estimation.identify import Identification as Identification
from blamegame.estimation.identify import identify as identify
from blamegame.estimation.level_k import LevelK as LevelK
from blamegame.estimation.measure import measure as measure
from blamegame.estimation.posterior import posterior as posterior
from blamegame.estimation.published import PUBLISHED as PUBLISHED
from blamegame.estimation.published import published as published
from blamegame.estimation.published import source_of as source_of
from blamegame.estimation.read_cases import cases_from_dataframe as cases_from_dataframe
from blamegame.estimation.read_cases import read_cases as read_cases
from blamegame.estimation.read_design import read_design as read_design
from blamegame.estimation.trembles import Trembles as Trembles
