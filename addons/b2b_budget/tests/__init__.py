from . import test_access
from . import test_booking
from . import test_booking_paths
from . import test_budget
from . import test_findings
from . import test_log
from . import test_overview
from . import test_pots
