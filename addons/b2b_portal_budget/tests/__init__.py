from . import test_keeping
from . import test_pages
from . import test_portal_budget
from . import test_portal_credit
