"""The models: who acts, what parameters mean, what is paid; and the forms a model can declare."""

from blamegame.models.arborescence import Arborescence as Arborescence
from blamegame.models.chain import Chain as Chain
from blamegame.models.delegation import Delegation as Delegation
from blamegame.models.departments import Departments as Departments
from blamegame.models.difficulty import Difficulty as Difficulty
from blamegame.models.forms import InStages as InStages
from blamegame.models.forms import Measured as Measured
from blamegame.models.forms import OnNetwork as OnNetwork
from blamegame.models.forms import OverStates as OverStates
from blamegame.models.forms import Private as Private
from blamegame.models.forms import Table as Table
from blamegame.models.hierarchy import Hierarchy as Hierarchy
from blamegame.models.inspection import Inspection as Inspection
from blamegame.models.markup import Markup as Markup
from blamegame.models.model import Model as Model
from blamegame.models.model import parameter as parameter
from blamegame.models.parameter import Parameter as Parameter
from blamegame.models.promotion import Promotion as Promotion
from blamegame.models.scandal import Scandal as Scandal
from blamegame.models.team import Team as Team
from blamegame.models.three_stage import ThreeStage as ThreeStage
from blamegame.models.threshold import Threshold as Threshold
