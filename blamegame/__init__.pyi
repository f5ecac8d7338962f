# The public names, for type checkers. Written by `make stub`; checked by tests/test_init.py.
from blamegame.avoidance import AvoidanceRange as AvoidanceRange, avoidance_range as avoidance_range
from blamegame.certificates.certify import Certificate as Certificate, certify as certify, verify as verify
from blamegame.certificates.checker import Verdict as Verdict
from blamegame.certificates.claims import (
    AllExtremeEquilibria as AllExtremeEquilibria,
    AutomatonAvoids as AutomatonAvoids,
    BundleBounds as BundleBounds,
    BundleBoundsRobustly as BundleBoundsRobustly,
    BundleFreesMandates as BundleFreesMandates,
    BundleFreesMandatesRobustly as BundleFreesMandatesRobustly,
    BundleRemoves as BundleRemoves,
    CorrelatedAtLeast as CorrelatedAtLeast,
    CorrelatedAtMost as CorrelatedAtMost,
    IsNash as IsNash,
    IsRobust as IsRobust,
    NeverPlayed as NeverPlayed,
    NoCorrelatedAvoids as NoCorrelatedAvoids,
    NoMandateAvoids as NoMandateAvoids,
    NoMarkovPerfectAvoids as NoMarkovPerfectAvoids,
    NoNashAvoids as NoNashAvoids,
    NoPlayAvoids as NoPlayAvoids,
)
from blamegame.concepts import (
    CoarseCorrelated as CoarseCorrelated,
    Correlated as Correlated,
    Logit as Logit,
    MarkovPerfect as MarkovPerfect,
    Nash as Nash,
    PublicPerfect as PublicPerfect,
    Rationalizable as Rationalizable,
    SubgamePerfect as SubgamePerfect,
)
from blamegame.errors import (
    BlamegameError as BlamegameError,
    CertificateError as CertificateError,
    GameError as GameError,
    GameFileError as GameFileError,
    IncompleteSolution as IncompleteSolution,
    ModelError as ModelError,
    ReformError as ReformError,
    ScenarioError as ScenarioError,
    StudyError as StudyError,
    UnsupportedGame as UnsupportedGame,
)
from blamegame.formats.csv_game import read_csv_game as read_csv_game, write_csv_game as write_csv_game
from blamegame.formats.dataframe import from_dataframe as from_dataframe, to_dataframe as to_dataframe
from blamegame.formats.efg import read_efg as read_efg
from blamegame.formats.efg_writer import write_efg as write_efg
from blamegame.formats.latex import equilibria_table as equilibria_table, payoff_table as payoff_table
from blamegame.formats.nashpy import from_nashpy as from_nashpy, to_nashpy as to_nashpy
from blamegame.formats.nfg import read_nfg as read_nfg
from blamegame.formats.nfg_writer import write_nfg as write_nfg, write_nfg_payoffs as write_nfg_payoffs
from blamegame.formats.quantecon import from_quantecon as from_quantecon, to_quantecon as to_quantecon
from blamegame.games.automaton import (
    Automaton as Automaton,
    automaton as automaton,
    carrot_and_stick as carrot_and_stick,
    forgiving as forgiving,
    grim_trigger as grim_trigger,
)
from blamegame.games.bayesian import BayesianGame as BayesianGame
from blamegame.games.bayesian_forms import agent_form as agent_form, induced_game as induced_game
from blamegame.games.behaviour import pure_behaviour as pure_behaviour
from blamegame.games.beliefs import (
    event_chance as event_chance,
    interim_payoffs as interim_payoffs,
    posterior as posterior,
)
from blamegame.games.continuous import ContinuousGame as ContinuousGame
from blamegame.games.dominance import (
    dominated_actions as dominated_actions,
    iterated_elimination as iterated_elimination,
    restrict as restrict,
)
from blamegame.games.event import event_of as event_of, event_probability as event_probability
from blamegame.games.extensive import ExtensiveGame as ExtensiveGame
from blamegame.games.grow import Chance as Chance, Decision as Decision, End as End, grow as grow
from blamegame.games.hypergraphical import HypergraphicalGame as HypergraphicalGame, LocalGames as LocalGames
from blamegame.games.monitoring import Perfect as Perfect, PublicSignals as PublicSignals
from blamegame.games.polymatrix import PolymatrixGame as PolymatrixGame
from blamegame.games.polynomial_game import polynomial_game as polynomial_game
from blamegame.games.repeated import RepeatedGame as RepeatedGame
from blamegame.games.responses import (
    action_values as action_values,
    best_responses as best_responses,
    expected_payoffs as expected_payoffs,
    regret as regret,
)
from blamegame.games.stationary import (
    event_frequency as event_frequency,
    state_shares as state_shares,
    stationary_profile as stationary_profile,
    stationary_regret as stationary_regret,
    stationary_values as stationary_values,
)
from blamegame.games.stochastic import StochasticGame as StochasticGame
from blamegame.games.strategic import (
    StrategicGame as StrategicGame,
    pure_profile as pure_profile,
    to_exact as to_exact,
    to_float as to_float,
)
from blamegame.games.subgames import subgame_roots as subgame_roots
from blamegame.models.arborescence import Arborescence as Arborescence
from blamegame.models.chain import Chain as Chain
from blamegame.models.delegation import Delegation as Delegation
from blamegame.models.departments import Departments as Departments
from blamegame.models.difficulty import Difficulty as Difficulty
from blamegame.models.hierarchy import Hierarchy as Hierarchy
from blamegame.models.inspection import Inspection as Inspection
from blamegame.models.markup import Markup as Markup
from blamegame.models.promotion import Promotion as Promotion
from blamegame.models.scandal import Scandal as Scandal
from blamegame.models.team import Team as Team
from blamegame.models.three_stage import ThreeStage as ThreeStage
from blamegame.models.threshold import Threshold as Threshold
from blamegame.reforms.catalogue import CATALOGUE as CATALOGUE
from blamegame.reforms.goal import (
    Goal as Goal,
    at_least as at_least,
    at_most as at_most,
    removes as removes,
    unique as unique,
    unlocks as unlocks,
)
from blamegame.reforms.local import apply_in as apply_in, by_place as by_place
from blamegame.reforms.plan import ReformPlan as ReformPlan
from blamegame.reforms.reform import Edit as Edit, Reform as Reform, apply as apply, choose as choose
from blamegame.reforms.remedies import FURTHER_REFORMS as FURTHER_REFORMS, response_mix as response_mix
from blamegame.reforms.search import search as search
from blamegame.reforms.shapley import shapley as shapley
from blamegame.scenario.scenario import Scenario as Scenario, load as load
from blamegame.solvers.bayesian.bayes_nash import bayes_nash as bayes_nash, pure_bayes_nash as pure_bayes_nash
from blamegame.solvers.bayesian.prior_thresholds import (
    PriorThresholds as PriorThresholds,
    prior_thresholds as prior_thresholds,
)
from blamegame.solvers.continuous.best_response_iteration import (
    best_response_bracket as best_response_bracket,
    deviation_gain as deviation_gain,
)
from blamegame.solvers.continuous.fixed_point import verified_fixed_point as verified_fixed_point
from blamegame.solvers.continuous.increasing_differences import increasing_differences as increasing_differences
from blamegame.solvers.explain import explain as explain
from blamegame.solvers.extensive.backward_induction import backward_induction as backward_induction
from blamegame.solvers.extensive.kuhn import to_behaviour as to_behaviour, to_mixed as to_mixed
from blamegame.solvers.extensive.outcome_range import (
    OutcomeRange as OutcomeRange,
    outcome_range as outcome_range,
    subgame_perfect_outcomes as subgame_perfect_outcomes,
)
from blamegame.solvers.extensive.reduced_form import reduced_strategic_form as reduced_strategic_form
from blamegame.solvers.extensive.regrets import (
    information_set_regrets as information_set_regrets,
    is_subgame_perfect as is_subgame_perfect,
    subgame_regrets as subgame_regrets,
)
from blamegame.solvers.extensive.sequence_form import (
    SequenceForm as SequenceForm,
    sequence_form as sequence_form,
    sequence_form_nash as sequence_form_nash,
)
from blamegame.solvers.extensive.solution import TreeSolution as TreeSolution
from blamegame.solvers.extensive.subgame_perfect import subgame_perfect as subgame_perfect
from blamegame.solvers.network.complements import complementary_orders as complementary_orders
from blamegame.solvers.network.network_equilibria import (
    NetworkSolution as NetworkSolution,
    network_equilibria as network_equilibria,
)
from blamegame.solvers.network.share_range import (
    ShareRange as ShareRange,
    event_share as event_share,
    share_range as share_range,
)
from blamegame.solvers.repeated.abreu_sannikov import payoff_set as payoff_set
from blamegame.solvers.repeated.automaton_equilibrium import (
    automaton_frequency as automaton_frequency,
    best_deviation as best_deviation,
    discount_factors as discount_factors,
    is_automaton_equilibrium as is_automaton_equilibrium,
)
from blamegame.solvers.repeated.corridor import (
    Corridor as Corridor,
    avoidance_corridor as avoidance_corridor,
    corridor_curve as corridor_curve,
)
from blamegame.solvers.repeated.corridor_batch import CorridorBatch as CorridorBatch, corridor_batch as corridor_batch
from blamegame.solvers.repeated.delta_windows import (
    DeltaWindow as DeltaWindow,
    DeltaWindows as DeltaWindows,
    delta_windows as delta_windows,
)
from blamegame.solvers.repeated.directions.directional_bounds import DirectionalBounds as DirectionalBounds
from blamegame.solvers.repeated.directions.scores import limit_scores as limit_scores
from blamegame.solvers.repeated.exclusion_chain import exclusion_chain as exclusion_chain
from blamegame.solvers.repeated.extract_automaton import (
    LotteryAutomaton as LotteryAutomaton,
    extract_automaton as extract_automaton,
)
from blamegame.solvers.repeated.judd_yeltekin_conklin import judd_yeltekin_conklin as judd_yeltekin_conklin
from blamegame.solvers.repeated.payoff_set import PayoffSet as PayoffSet
from blamegame.solvers.repeated.playability import Playability as Playability, playable as playable
from blamegame.solvers.repeated.playability_batch import (
    PlayabilityBatch as PlayabilityBatch,
    playable_batch as playable_batch,
)
from blamegame.solvers.repeated.public_corridor import public_corridor as public_corridor
from blamegame.solvers.repeated.public_perfect import public_perfect as public_perfect
from blamegame.solvers.repeated.regime_table import RegimeTable as RegimeTable, regime_table as regime_table
from blamegame.solvers.repeated.strongly_symmetric import strongly_symmetric as strongly_symmetric
from blamegame.solvers.solution import Solution as Solution
from blamegame.solvers.stochastic.frequency_range import markov_avoidance_range as markov_avoidance_range
from blamegame.solvers.stochastic.logit_markov import logit_markov as logit_markov
from blamegame.solvers.stochastic.markov_perfect import markov_perfect as markov_perfect
from blamegame.solvers.stochastic.solution import MarkovSolution as MarkovSolution
from blamegame.solvers.stochastic.support_enumeration import all_markov_perfect as all_markov_perfect
from blamegame.solvers.strategic.batch import (
    EquilibriumBatch as EquilibriumBatch,
    equilibria_batch as equilibria_batch,
    event_probabilities as event_probabilities,
    expectation_range as expectation_range,
    pure_counts as pure_counts,
    support_codes as support_codes,
)
from blamegame.solvers.strategic.correlated import (
    CorrelatedBound as CorrelatedBound,
    CorrelatedBounds as CorrelatedBounds,
    correlated_bounds as correlated_bounds,
)
from blamegame.solvers.strategic.correlated_batch import event_bounds_batch as event_bounds_batch
from blamegame.solvers.strategic.extreme_equilibria import (
    extreme_equilibria as extreme_equilibria,
    iter_extreme_equilibria as iter_extreme_equilibria,
)
from blamegame.solvers.strategic.isolated_equilibria import isolated_equilibria as isolated_equilibria
from blamegame.solvers.strategic.lemke_howson import (
    lemke_howson as lemke_howson,
    lemke_howson_all_labels as lemke_howson_all_labels,
)
from blamegame.solvers.strategic.logit import LogitPath as LogitPath, logit as logit
from blamegame.solvers.strategic.nash import nash as nash
from blamegame.solvers.strategic.polymatrix_lemke import (
    PolymatrixSolution as PolymatrixSolution,
    polymatrix_lemke as polymatrix_lemke,
)
from blamegame.solvers.strategic.pure import pure_nash as pure_nash
from blamegame.solvers.strategic.rationalizable import rationalizable as rationalizable
from blamegame.solvers.strategic.simplicial_subdivision import simplicial_subdivision as simplicial_subdivision
from blamegame.solvers.strategic.zero_sum import ZeroSumValue as ZeroSumValue, zero_sum as zero_sum
from blamegame.studies.boundary import Boundary as Boundary, boundary as boundary
from blamegame.studies.compare import Comparison as Comparison, compare as compare
from blamegame.studies.conditions import Condition as Condition, conditions as conditions
from blamegame.studies.critical_values import CriticalValues as CriticalValues, critical_values as critical_values
from blamegame.studies.dataset import (
    dataset_digest as dataset_digest,
    read_dataset as read_dataset,
    write_dataset as write_dataset,
)
from blamegame.studies.grid import (
    Bundles as Bundles,
    Design as Design,
    grid as grid,
    latin_hypercube as latin_hypercube,
    parse_axes as parse_axes,
    points as points,
    sobol_sample as sobol_sample,
    uniform_sample as uniform_sample,
)
from blamegame.studies.measures import (
    Avoidance as Avoidance,
    Custom as Custom,
    Equilibria as Equilibria,
    ModelMeasure as ModelMeasure,
    Patience as Patience,
    Payoffs as Payoffs,
    Playable as Playable,
    Success as Success,
    support_words as support_words,
)
from blamegame.studies.parameter_box import PRESSURE_BOX as PRESSURE_BOX, uniform_draws as uniform_draws
from blamegame.studies.plan import StudyPlan as StudyPlan, plan_study as plan_study
from blamegame.studies.prim import Prim as Prim, PrimBox as PrimBox, prim as prim
from blamegame.studies.schema import status_words as status_words
from blamegame.studies.sensitivity import (
    MorrisEffects as MorrisEffects,
    SobolIndices as SobolIndices,
    morris as morris,
    sobol as sobol,
)
from blamegame.studies.study import study as study

__version__: str
__all__ = [
    "AllExtremeEquilibria",
    "Arborescence",
    "Automaton",
    "AutomatonAvoids",
    "Avoidance",
    "AvoidanceRange",
    "BayesianGame",
    "BlamegameError",
    "Boundary",
    "BundleBounds",
    "BundleBoundsRobustly",
    "BundleFreesMandates",
    "BundleFreesMandatesRobustly",
    "BundleRemoves",
    "Bundles",
    "CATALOGUE",
    "Certificate",
    "CertificateError",
    "Chain",
    "Chance",
    "CoarseCorrelated",
    "Comparison",
    "Condition",
    "ContinuousGame",
    "Correlated",
    "CorrelatedAtLeast",
    "CorrelatedAtMost",
    "CorrelatedBound",
    "CorrelatedBounds",
    "Corridor",
    "CorridorBatch",
    "CriticalValues",
    "Custom",
    "Decision",
    "Delegation",
    "DeltaWindow",
    "DeltaWindows",
    "Departments",
    "Design",
    "Difficulty",
    "DirectionalBounds",
    "Edit",
    "End",
    "Equilibria",
    "EquilibriumBatch",
    "ExtensiveGame",
    "FURTHER_REFORMS",
    "GameError",
    "GameFileError",
    "Goal",
    "Hierarchy",
    "HypergraphicalGame",
    "IncompleteSolution",
    "Inspection",
    "IsNash",
    "IsRobust",
    "LocalGames",
    "Logit",
    "LogitPath",
    "LotteryAutomaton",
    "MarkovPerfect",
    "MarkovSolution",
    "Markup",
    "ModelError",
    "ModelMeasure",
    "MorrisEffects",
    "Nash",
    "NetworkSolution",
    "NeverPlayed",
    "NoCorrelatedAvoids",
    "NoMandateAvoids",
    "NoMarkovPerfectAvoids",
    "NoNashAvoids",
    "NoPlayAvoids",
    "OutcomeRange",
    "PRESSURE_BOX",
    "Patience",
    "PayoffSet",
    "Payoffs",
    "Perfect",
    "Playability",
    "PlayabilityBatch",
    "Playable",
    "PolymatrixGame",
    "PolymatrixSolution",
    "Prim",
    "PrimBox",
    "PriorThresholds",
    "Promotion",
    "PublicPerfect",
    "PublicSignals",
    "Rationalizable",
    "Reform",
    "ReformError",
    "ReformPlan",
    "RegimeTable",
    "RepeatedGame",
    "Scandal",
    "Scenario",
    "ScenarioError",
    "SequenceForm",
    "ShareRange",
    "SobolIndices",
    "Solution",
    "StochasticGame",
    "StrategicGame",
    "StudyError",
    "StudyPlan",
    "SubgamePerfect",
    "Success",
    "Team",
    "ThreeStage",
    "Threshold",
    "TreeSolution",
    "UnsupportedGame",
    "Verdict",
    "ZeroSumValue",
    "__version__",
    "action_values",
    "agent_form",
    "all_markov_perfect",
    "apply",
    "apply_in",
    "at_least",
    "at_most",
    "automaton",
    "automaton_frequency",
    "avoidance_corridor",
    "avoidance_range",
    "backward_induction",
    "bayes_nash",
    "best_deviation",
    "best_response_bracket",
    "best_responses",
    "boundary",
    "by_place",
    "carrot_and_stick",
    "certify",
    "choose",
    "compare",
    "complementary_orders",
    "conditions",
    "correlated_bounds",
    "corridor_batch",
    "corridor_curve",
    "critical_values",
    "dataset_digest",
    "delta_windows",
    "deviation_gain",
    "discount_factors",
    "dominated_actions",
    "equilibria_batch",
    "equilibria_table",
    "event_bounds_batch",
    "event_chance",
    "event_frequency",
    "event_of",
    "event_probabilities",
    "event_probability",
    "event_share",
    "exclusion_chain",
    "expectation_range",
    "expected_payoffs",
    "explain",
    "extract_automaton",
    "extreme_equilibria",
    "forgiving",
    "from_dataframe",
    "from_nashpy",
    "from_quantecon",
    "grid",
    "grim_trigger",
    "grow",
    "increasing_differences",
    "induced_game",
    "information_set_regrets",
    "interim_payoffs",
    "is_automaton_equilibrium",
    "is_subgame_perfect",
    "isolated_equilibria",
    "iter_extreme_equilibria",
    "iterated_elimination",
    "judd_yeltekin_conklin",
    "latin_hypercube",
    "lemke_howson",
    "lemke_howson_all_labels",
    "limit_scores",
    "load",
    "logit",
    "logit_markov",
    "markov_avoidance_range",
    "markov_perfect",
    "morris",
    "nash",
    "network_equilibria",
    "outcome_range",
    "parse_axes",
    "payoff_set",
    "payoff_table",
    "plan_study",
    "playable",
    "playable_batch",
    "points",
    "polymatrix_lemke",
    "polynomial_game",
    "posterior",
    "prim",
    "prior_thresholds",
    "public_corridor",
    "public_perfect",
    "pure_bayes_nash",
    "pure_behaviour",
    "pure_counts",
    "pure_nash",
    "pure_profile",
    "rationalizable",
    "read_csv_game",
    "read_dataset",
    "read_efg",
    "read_nfg",
    "reduced_strategic_form",
    "regime_table",
    "regret",
    "removes",
    "response_mix",
    "restrict",
    "search",
    "sequence_form",
    "sequence_form_nash",
    "shapley",
    "share_range",
    "simplicial_subdivision",
    "sobol",
    "sobol_sample",
    "state_shares",
    "stationary_profile",
    "stationary_regret",
    "stationary_values",
    "status_words",
    "strongly_symmetric",
    "study",
    "subgame_perfect",
    "subgame_perfect_outcomes",
    "subgame_regrets",
    "subgame_roots",
    "support_codes",
    "support_words",
    "to_behaviour",
    "to_dataframe",
    "to_exact",
    "to_float",
    "to_mixed",
    "to_nashpy",
    "to_quantecon",
    "uniform_draws",
    "uniform_sample",
    "unique",
    "unlocks",
    "verified_fixed_point",
    "verify",
    "write_csv_game",
    "write_dataset",
    "write_efg",
    "write_nfg",
    "write_nfg_payoffs",
    "zero_sum",
]
