from . import portal_security
