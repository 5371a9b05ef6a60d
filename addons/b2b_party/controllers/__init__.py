from . import portal_security
from . import portal
