from . import test_portal_loyalty
