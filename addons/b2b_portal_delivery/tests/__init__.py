from . import test_method_gone
from . import test_planner_waiting
from . import test_portal_delivery
from . import test_portal_methods
from . import test_rest_frees_slot
from . import test_split_checkout
