from . import portal_budgets
from . import portal_frame
from . import sale_order
