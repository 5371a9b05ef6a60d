from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class PortalSecurity(CustomerPortal):
    """Password, second factor and keys belong to the seat that signs in."""

    @http.route()
    def security(self, **post):
        if request.env.user._b2b_is_sibling():
            return self._b2b_security_elsewhere()
        return super().security(**post)

    @http.route()
    def deactivate_account(self, validation, password, **post):
        if request.env.user._b2b_is_sibling():
            return self._b2b_security_elsewhere()
        return super().deactivate_account(validation, password, **post)

    def _b2b_security_elsewhere(self):
        """Say where the password is kept; ``b2b_portal`` adds the button."""
        carrier = request.env.user._b2b_carrier()
        values = {
            **self._prepare_portal_layout_values(),
            "b2b_login": carrier.login,
            "b2b_party": carrier._b2b_party(),
            "b2b_seat": carrier._b2b_seat(),
            "b2b_own_seat": request.env.user._b2b_seat(),
        }
        return request.render("b2b_party.security_elsewhere", values)
