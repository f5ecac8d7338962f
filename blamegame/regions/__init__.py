"""Statements about every model whose parameters lie in given intervals: proved, refuted by a county, or undecided."""
