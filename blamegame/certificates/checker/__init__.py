"""Check a certificate with Python's standard library alone: copy this folder anywhere, run ``python checker FILE``.

Exit status 0: the claim holds; 1: it does not; 2: FILE is no certificate, or needs more exact arithmetic than allowed.

A certificate is a JSON object: ``format``, ``claim`` (what is stated), ``proof`` (often empty) and
``digest`` (SHA-256 of the rest; it catches accidents and proves nothing). Numbers are rationals as text: "427/5000".
All is decided by exact arithmetic on the numbers in the file; no solver is consulted. What is proved is a sentence
about the game *in the file*, whose numbers are printed: that it is the game you mean is for you to see, or for
``verify(file, claim=yours)`` and ``verify(file, scenario=yours)``.

Read ``check`` first, then the claims you care about, each with the mathematics it uses:

- ``strategic``: one strategic game (``equilibria``; ``exclusion`` with more than two players);
- ``bundles``: a model in strategic form after reforms (the same);
- ``measures``: a measure of a model without a table of payoffs after reforms (``team``; ``departments``; ``markup`` and
  its ``logarithms``);
- ``network``: a whole hierarchy, before or after reforms (``dominance`` among ``offices``);
- ``repeated``: a repeated game (``polygons``), pure play; ``mixed_play``: the same, all strategies;
- ``trees``: a game in extensive form with perfect information;
- ``stochastic``: a stochastic game;
- ``region``, ``region_bounds``: a model in strategic form at every point of a box of parameter values (``box_model``,
  cut into ``pieces``), after reforms (``boxes``), by ``weights`` on deviations and the signs of ``polynomials``;
  ``region_refuted``: at one point of the box in exact numbers.

``reforms`` says which bundles a claim is about and what they do, ``programs`` how payoffs follow from parameters,
``game`` how games are stated, ``names`` what a name may be, ``about`` which numbers are printed with a verdict.
``reading`` takes files apart, trusts nothing and proves nothing; ``budget`` meters all arithmetic; ``command`` is what
``__main__`` runs. The files import one another and the standard library only.
"""

from .budget import Refused as Refused
from .budget import Verdict as Verdict
from .budget import Work as Work
from .check import FORMAT as FORMAT
from .check import check as check
from .check import digest_of as digest_of
from .command import main as main
from .reading import parse as parse
from .reading import read as read
