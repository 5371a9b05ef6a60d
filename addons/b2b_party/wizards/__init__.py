from . import b2b_party_block
from . import b2b_seat_invite
from . import b2b_manager_assign
from . import base_partner_merge
from . import b2b_customer_group_kind
