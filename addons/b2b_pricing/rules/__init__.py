"""Pure rules of prices and agreements: standard library only, no database."""
