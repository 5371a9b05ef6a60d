from . import test_access
from . import test_check
from . import test_dashboard
from . import test_order_slot
from . import test_schedule
from . import test_closed_rest
