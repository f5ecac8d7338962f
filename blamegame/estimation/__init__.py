"""From cases to parameters: what coded cases say of a county, what they cannot say, and the region they leave.

``identify`` before data, ``fit`` after; a fit's ``region()`` and ``cells()`` are what reforms are then proved over.
"""
