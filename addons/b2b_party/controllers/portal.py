from werkzeug.exceptions import BadRequest, NotFound

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

# What Odoo reads as yes or no.
FLAGS = {"y", "yes", "1", "true", "t", "on", "n", "no", "0", "false", "f", "off"}


class CustomerPortalB2B(CustomerPortal):
    """Odoo's address form, without the ways it has around a company's own rights."""

    @http.route()
    def portal_address(self, partner_id=None, **query_params):
        self._b2b_check_flag(query_params)
        return super().portal_address(
            partner_id=self._b2b_partner_id(partner_id), **query_params
        )

    @http.route()
    def portal_address_submit(self, partner_id=None, **form_data):
        self._b2b_check_flag(form_data)
        return super().portal_address_submit(
            partner_id=self._b2b_partner_id(partner_id), **form_data
        )

    @http.route()
    def address_archive(self, partner_id):
        return super().address_archive(self._b2b_partner_id(partner_id))

    @staticmethod
    def _b2b_partner_id(text):
        """An id from a page; Odoo makes a server error of what is no number.

        :raise NotFound: as for a number that belongs to nobody
        """
        text = str(text or "")
        if text and not (text.isascii() and text.isdecimal() and len(text) < 10):
            raise NotFound()
        return text

    @staticmethod
    def _b2b_check_flag(values):
        """The box “also for billing”: a server error in Odoo for any other word."""
        flag = values.get("use_delivery_as_billing") or "false"
        if str(flag).lower() not in FLAGS:
            raise BadRequest("use_delivery_as_billing is true or false.")

    def _validate_address_values(self, address_values, partner_sudo, *args, **kwargs):
        invalid, missing, errors = super()._validate_address_values(
            address_values, partner_sudo, *args, **kwargs
        )
        for name in self._b2b_company_renamed(address_values, partner_sudo):
            invalid.add(name)
            errors.append(
                request.env._(
                    "The name of your company is on its contracts and invoices. "
                    "Please contact us to change it."
                )
            )
        for name in self._b2b_company_moved(address_values, partner_sudo):
            invalid.add(name)
            errors.append(
                request.env._(
                    "This is the address of your company, which stands on its "
                    "invoices. Please contact us to change it."
                )
            )
        if not partner_sudo and not self._b2b_may_add_address():
            errors.append(
                request.env._(
                    "Your role does not add addresses; ask the administrator of your "
                    "company."
                )
            )
        return invalid, missing, errors

    def _b2b_company_renamed(self, address_values, partner_sudo):
        """Names of the fields by which the form would rename a company.

        Plain Odoo lets any contact rename the company by ``company_name``, and a login
        of the company itself by ``name``.
        """
        entity = partner_sudo.commercial_partner_id
        if not entity.is_company:
            return []
        field = "name" if partner_sudo == entity else "company_name"
        wanted = (address_values.get(field) or "").strip()
        return [field] if wanted and wanted != (entity.name or "").strip() else []

    def _b2b_company_moved(self, address_values, partner_sudo):
        """Names of the fields by which a seat would move its company.

        A contact lives at the address of the company: Odoo writes it through to the
        company and to all its contacts.
        """
        user = request.env.user
        if not user.share or not user._b2b_seat_id() or not partner_sudo:
            return []
        entity = partner_sudo.commercial_partner_id
        own = partner_sudo == entity or partner_sudo.type == "contact"
        if not own or not entity.is_company:
            return []
        return [
            name
            for name in partner_sudo._address_fields()
            if name in address_values
            and (
                partner_sudo._fields[name].convert_to_write(
                    partner_sudo[name], partner_sudo
                )
                or ""
            )
            != (address_values[name] or "")
        ][:1]

    def _b2b_may_add_address(self):
        user = request.env.user
        if not user.share or not user._b2b_seat_id():
            return True
        return user._b2b_can("manage_addresses")
