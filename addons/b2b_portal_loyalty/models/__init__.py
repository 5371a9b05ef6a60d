from . import portal_frame
