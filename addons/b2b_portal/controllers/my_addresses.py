"""Odoo's own address pages obey the rights of a seat."""

from werkzeug.exceptions import Forbidden

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class TradeMyAddresses(CustomerPortal):
    def _b2b_check_new_address(self, partner_id):
        user = request.env.user
        if partner_id or not user._b2b_seat() or user._b2b_can("manage_addresses"):
            return
        raise Forbidden()

    @http.route()
    def portal_address(self, partner_id=None, **query):
        self._b2b_check_new_address(partner_id)
        return super().portal_address(partner_id=partner_id, **query)

    @http.route()
    def portal_address_submit(self, partner_id=None, **form_data):
        self._b2b_check_new_address(partner_id)
        return super().portal_address_submit(partner_id=partner_id, **form_data)

    @http.route()
    def address_archive(self, partner_id):
        text = str(partner_id)
        number = int(text) if text.isdecimal() and len(text) < 11 else 0
        # sudo: as Odoo's own route; whether it may be changed is asked first
        place = request.env["res.partner"].sudo().browse(number).exists()
        if place and place._can_be_edited_by_current_customer():
            if request.env.user._b2b_seat():
                place._b2b_check_leaves_book()
        return super().address_archive(number)
