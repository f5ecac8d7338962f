"""Reforms as priced edits of a model, and the search for the bundles of them that end mutual avoidance."""
