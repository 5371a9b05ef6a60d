from . import b2b_seat_invite
