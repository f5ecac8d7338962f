"""Bounds from outside for repeated play of all strategies, mixed ones included."""
