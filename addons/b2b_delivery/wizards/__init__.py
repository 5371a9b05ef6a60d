from . import b2b_delivery_check
