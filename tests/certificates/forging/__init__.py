"""Forged certificates, one for each condition of the checker, and the checker with conditions taken out."""
