"""What can be certified: each claim is a frozen value that knows how it is written in a certificate.

A file here writes the claims that the file of the same name in ``checker`` decides; ``parts`` writes what they share.
"""

from blamegame.certificates.claims.bundles import BundleRemoves as BundleRemoves
from blamegame.certificates.claims.bundles import IsRobust as IsRobust
from blamegame.certificates.claims.measures import BundleBounds as BundleBounds
from blamegame.certificates.claims.measures import BundleBoundsRobustly as BundleBoundsRobustly
from blamegame.certificates.claims.mixed_play import AlwaysRecurs as AlwaysRecurs
from blamegame.certificates.claims.mixed_play import EquilibriumAvoids as EquilibriumAvoids
from blamegame.certificates.claims.mixed_play import NeverPlayedMixed as NeverPlayedMixed
from blamegame.certificates.claims.network import BundleFreesMandates as BundleFreesMandates
from blamegame.certificates.claims.network import BundleFreesMandatesRobustly as BundleFreesMandatesRobustly
from blamegame.certificates.claims.network import NoMandateAvoids as NoMandateAvoids
from blamegame.certificates.claims.regions import RegionAvoidable as RegionAvoidable
from blamegame.certificates.claims.regions import RegionBounds as RegionBounds
from blamegame.certificates.claims.regions import RegionEntrenched as RegionEntrenched
from blamegame.certificates.claims.regions import RegionFails as RegionFails
from blamegame.certificates.claims.regions import RegionRefuted as RegionRefuted
from blamegame.certificates.claims.regions import RegionRemoves as RegionRemoves
from blamegame.certificates.claims.repeated import AutomatonAvoids as AutomatonAvoids
from blamegame.certificates.claims.repeated import NeverPlayed as NeverPlayed
from blamegame.certificates.claims.stochastic import NoMarkovPerfectAvoids as NoMarkovPerfectAvoids
from blamegame.certificates.claims.strategic import AllExtremeEquilibria as AllExtremeEquilibria
from blamegame.certificates.claims.strategic import CorrelatedAtLeast as CorrelatedAtLeast
from blamegame.certificates.claims.strategic import CorrelatedAtMost as CorrelatedAtMost
from blamegame.certificates.claims.strategic import IsNash as IsNash
from blamegame.certificates.claims.strategic import NoCorrelatedAvoids as NoCorrelatedAvoids
from blamegame.certificates.claims.strategic import NoNashAvoids as NoNashAvoids
from blamegame.certificates.claims.trees import NoPlayAvoids as NoPlayAvoids

AboutBundles = BundleRemoves | BundleBounds | BundleFreesMandates | RegionRemoves
"""Claims about a model after reforms; ``compare`` makes sure that what is written of the model is the model."""

Claim = (
    IsNash
    | AllExtremeEquilibria
    | CorrelatedAtMost
    | NoNashAvoids
    | AboutBundles
    | NoMandateAvoids
    | NeverPlayed
    | AutomatonAvoids
    | NeverPlayedMixed
    | AlwaysRecurs
    | EquilibriumAvoids
    | NoPlayAvoids
    | NoMarkovPerfectAvoids
)
