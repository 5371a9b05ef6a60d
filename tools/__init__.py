"""The launcher behind `./b2b`: standard library only, one concern per module."""
