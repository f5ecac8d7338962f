"""Pieces of strategy space, and what is proved of the equilibria in each."""
