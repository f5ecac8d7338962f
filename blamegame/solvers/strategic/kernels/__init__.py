"""Compiled kernels for many small games; imported only inside the functions that run them."""
