"""Every extreme equilibrium of two players as pairs of vertices."""
