"""How likely avoidance is: the one place where a form of game meets a solution concept.

``table`` says who answers what; the other files answer, one form of game each; ``batches`` answers for many tables at
once; ``ask`` puts the question of a model or a game.
"""
