from . import b2b_dashboard
from . import dashboard_sales
from . import dashboard_receivables
from . import dashboard_parties
from . import dashboard_stock
from . import sale_order
from . import res_partner_overview
