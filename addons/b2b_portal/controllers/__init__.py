from . import base
from . import home
from . import catalog
from . import cart
from . import approvals
from . import checkout
from . import orders
from . import switch
