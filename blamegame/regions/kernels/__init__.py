"""Compiled loops over the coefficients of multi-affine polynomials."""
