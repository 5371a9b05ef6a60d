from . import test_access
from . import test_account
from . import test_adjust
from . import test_dashboard
from . import test_historical
from . import test_invoice
from . import test_pending
from . import test_program
