from . import b2b_party_block
from . import b2b_seat_invite
