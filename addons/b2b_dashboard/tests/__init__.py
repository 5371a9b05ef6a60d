from . import test_access
from . import test_figures
from . import test_parties
from . import test_receivables
from . import test_party_overview
