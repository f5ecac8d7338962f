"""Compiled code for many small games."""
