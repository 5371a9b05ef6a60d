from . import test_portal_budget
