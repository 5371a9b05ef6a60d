from . import test_gate_outside
from . import test_own_cards
