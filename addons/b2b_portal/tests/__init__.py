from . import test_approvals
from . import test_checkout
from . import test_orders
from . import test_switch
