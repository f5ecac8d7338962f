"""Every isolated equilibrium of small games of several players, by subdividing boxes."""
