from . import b2b_order_hold_decide
from . import b2b_order_acknowledge
from . import b2b_order_close_rest
from . import b2b_order_prepayment
from . import b2b_order_written
from . import payment_link_wizard
