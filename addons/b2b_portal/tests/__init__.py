from . import test_approvals
from . import test_cart_model
from . import test_cart_pages
from . import test_catalog_pages
from . import test_checkout
from . import test_orders
from . import test_switch
from . import test_manager_card
