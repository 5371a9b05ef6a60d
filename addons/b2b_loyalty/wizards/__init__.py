from . import b2b_loyalty_adjust
