"""Compiled kernels of the repeated-game wing; imported only inside the functions that run them."""
