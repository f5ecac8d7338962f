"""Mathematical objects: games as players, actions and payoffs; no offices and no solvers."""
