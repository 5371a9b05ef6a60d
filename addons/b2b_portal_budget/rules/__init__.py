"""Geometry of the budget page on plain values: no environment, no database."""
