"""Compiled paths of one equilibrium (see :mod:`blamegame.solvers.compiled`)."""
