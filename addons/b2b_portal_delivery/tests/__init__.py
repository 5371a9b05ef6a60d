from . import test_portal_delivery
from . import test_rest_frees_slot
