from . import portal_context
from . import portal_frame
