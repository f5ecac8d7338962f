"""How play gets there: best replies that feed each other, learning, evolution, and which resting point lasts."""
