from . import portal_frame
from . import portal_points
from . import sale_order_checkout
