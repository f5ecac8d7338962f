"""Solvers of games with interval action spaces."""
