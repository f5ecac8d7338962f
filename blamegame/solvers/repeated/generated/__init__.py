"""Equilibria of repeated play found from inside: sets of points that generate themselves, exactly."""
