from . import test_decision
from . import test_entrances
from . import test_findings
from . import test_gate
from . import test_own_parties
from . import test_unattended
from . import test_party_overview
