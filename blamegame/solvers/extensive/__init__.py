"""Solvers of games in extensive form."""
