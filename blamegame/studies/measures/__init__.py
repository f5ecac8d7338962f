"""What a study computes in each cell: small frozen values, each with one exact definition and, where there is one, a
batch that gives the same answers for many cells at once."""

from blamegame.studies.measures.avoidance import Avoidance as Avoidance
from blamegame.studies.measures.custom import Custom as Custom
from blamegame.studies.measures.custom import ModelMeasure as ModelMeasure
from blamegame.studies.measures.custom import Stochastic as Stochastic
from blamegame.studies.measures.equilibria import Equilibria as Equilibria
from blamegame.studies.measures.equilibria import Payoffs as Payoffs
from blamegame.studies.measures.equilibria import Success as Success
from blamegame.studies.measures.measure import Measure as Measure
from blamegame.studies.measures.patience import Patience as Patience
from blamegame.studies.measures.patience import Playable as Playable
from blamegame.studies.measures.supports import support_pairs as support_pairs
from blamegame.studies.measures.supports import support_words as support_words
from blamegame.studies.measures.usual import default_measures as default_measures
from blamegame.studies.measures.usual import variables_of as variables_of
