from . import test_gate_frame
from . import test_historical
from . import test_party
from . import test_seat
from . import test_visibility
from . import test_absence
from . import test_customer_category
