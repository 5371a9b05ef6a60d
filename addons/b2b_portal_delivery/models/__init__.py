from . import portal_delivery
from . import portal_frame
from . import portal_home
from . import portal_promise
from . import sale_order
