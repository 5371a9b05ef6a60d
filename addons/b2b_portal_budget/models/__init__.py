from . import portal_budgets
from . import portal_budget_past
from . import portal_budget_form
from . import portal_credit
from . import portal_frame
from . import portal_frame_credit
from . import sale_order
from . import portal_approvals
