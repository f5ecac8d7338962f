"""Repeated play that is seen through public signals only: bounds from outside and equilibria from inside."""
