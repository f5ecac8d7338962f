"""Compiled code for boxes of mixed profiles."""
