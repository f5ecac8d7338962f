"""Claims about games, their proofs in exact rationals, and a checker that consults no solver.

A certificate is a JSON file that a sceptic checks with the folder ``checker`` alone, or by hand. In the prisoners'
dilemma no correlated equilibrium plays anything but defection; here is the whole proof:

>>> from blamegame.certificates.certify import certify
>>> from blamegame.certificates.claims import NoCorrelatedAvoids
>>> from blamegame.games.strategic import StrategicGame
>>> game = StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]], ("row", "column"), (("trust", "defect"),) * 2)
>>> event = [("trust", "trust"), ("trust", "defect"), ("defect", "trust")]
>>> certificate = certify(NoCorrelatedAvoids(game, event, [[[0, 1], [0, 0]], [[0, 1], [0, 0]]]))
>>> print(certificate.text)
{
 "format": "blamegame-certificate/1",
 "claim": {
  "kind": "correlated_at_most",
  "game": {
   "players": ["row", "column"],
   "actions": [["trust", "defect"], ["trust", "defect"]],
   "payoffs": [[["3", "0"], ["5", "1"]], [["3", "5"], ["0", "1"]]]
  },
  "event": [["trust", "trust"], ["trust", "defect"], ["defect", "trust"]],
  "value": "0"
 },
 "proof": {"multipliers": [[["0", "1"], ["0", "0"]], [["0", "1"], ["0", "0"]]]},
 "digest": "5f7bae027dcda1b111d6dc7cbe700ac9189506361b1b513ffa231234f78cebea"
}
<BLANKLINE>

Reading it by hand. ``payoffs`` has one table per player, rows for row's actions and columns for column's. In each
player's table of ``multipliers`` the entry in row "trust", column "defect" is 1: both incentives "told to trust, defect
instead" are counted once. They gain, in the four cells:

- (trust, trust): row 5 - 3 = 2 and column 5 - 3 = 2, together 4;
- (trust, defect): row 1 - 0 = 1; column was not told to trust: 1;
- (defect, trust): column 1 - 0 = 1;
- (defect, defect): nobody was told to trust: 0.

No correlated equilibrium lets these gains be positive on average: nobody may gain by disobeying. But they are at least
1 on the event and 0 elsewhere, so their average is at least the probability of the event, which therefore is 0.
"""
