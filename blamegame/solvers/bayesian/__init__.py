"""Solvers for Bayesian games: every Bayes-Nash equilibrium of two players, pure ones of any number, exact priors."""
