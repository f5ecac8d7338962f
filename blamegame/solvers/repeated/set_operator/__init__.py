"""The payoff set of two players as the fixed point of a set operator."""
