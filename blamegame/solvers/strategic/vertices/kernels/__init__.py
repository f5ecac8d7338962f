"""Compiled code for walking and pairing vertices."""
