from . import test_gate_outside
