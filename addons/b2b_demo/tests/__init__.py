from . import test_conditions
from . import test_credit
from . import test_demo
from . import test_figures
from . import test_forms
from . import test_net_prices
from . import test_rerun
from . import test_ranges
