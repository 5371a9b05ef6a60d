from . import b2b_party_block
from . import b2b_seat_invite
from . import b2b_manager_assign
