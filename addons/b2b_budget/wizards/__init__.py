from . import base_partner_merge
from . import b2b_order_hold_decide
from . import b2b_credit_change
