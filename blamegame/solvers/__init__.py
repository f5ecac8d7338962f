"""Game in, Solution out: one published algorithm per file, one wing per game form."""
