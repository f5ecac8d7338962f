"""Solvers for stochastic games: Markov-perfect equilibria, pure ones completely, mixed ones by selection."""
