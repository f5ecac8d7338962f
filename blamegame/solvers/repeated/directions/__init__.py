"""Bounds on payoff sets of any number of players, one direction at a time."""
