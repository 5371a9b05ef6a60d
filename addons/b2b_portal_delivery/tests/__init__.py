from . import test_portal_delivery
