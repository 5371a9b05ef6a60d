from . import b2b_order_hold_decide
