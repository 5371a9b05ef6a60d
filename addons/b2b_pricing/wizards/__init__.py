from . import b2b_agreement_compare
from . import b2b_catalog_preview
from . import b2b_order_hold_decide
from . import sale_order_discount
