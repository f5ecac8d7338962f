"""Games whose payoffs are rational functions of one parameter: where the set of equilibria changes, exactly."""
