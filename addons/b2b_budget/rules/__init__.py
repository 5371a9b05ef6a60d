"""Business rules on plain values: no environment, no database, no clock."""
