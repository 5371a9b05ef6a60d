"""The slot picker on plain values: no environment, no database."""
