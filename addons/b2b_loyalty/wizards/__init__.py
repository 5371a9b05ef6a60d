from . import base_partner_merge
from . import b2b_loyalty_adjust
from . import b2b_loyalty_redeem
