"""Solvers for repeated games: payoff sets, playability, and what patience can sustain."""
