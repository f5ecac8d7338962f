"""Statements about every model whose parameters lie in given intervals: proved, refuted by a county, or undecided."""

from blamegame.regions.attack import Witness as Witness
from blamegame.regions.image import image as image
from blamegame.regions.plan import RegionPlan as RegionPlan
from blamegame.regions.proof import Proof as Proof
from blamegame.regions.radius import Radius as Radius
from blamegame.regions.radius import radius as radius
from blamegame.regions.radius import tolerances as tolerances
from blamegame.regions.region import Region as Region
from blamegame.regions.search import frontier as frontier
from blamegame.regions.search import search_region as search_region
from blamegame.regions.share import Share as Share
from blamegame.regions.share import sampled_share as sampled_share
from blamegame.regions.share import share as share
from blamegame.regions.verdict import County as County
from blamegame.regions.verdict import RegionVerdict as RegionVerdict
from blamegame.regions.verdict import avoidance_over as avoidance_over
