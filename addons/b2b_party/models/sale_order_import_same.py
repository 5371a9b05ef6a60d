from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..exceptions import RefusedInBatch
from ..rules import imported
from .sale_order_import_check import own_number


class SaleOrder(models.Model):
    """Whether an order of a file is there already: it counts once."""

    _inherit = "sale.order"

    def _b2b_import_check_same(self, values):
        """Refuse a file that says something else about an order that is there."""
        self.ensure_one()
        given = self._b2b_import_lines(values.get("order_line"))
        there = self._b2b_import_known_lines(self.order_line)
        if not imported.same_lines(given, there):
            self._b2b_import_refuse()

    def _b2b_import_refuse(self):
        if self.b2b_historical:
            raise UserError(
                self.env._(
                    "%s was brought over already or is in the file twice, with other "
                    "lines. Lines of one order leave the columns of the order empty; "
                    "another order needs another Order Reference.",
                    self.name,
                )
            )
        raise UserError(
            self.env._(
                "%s is there already or is in the file twice, with other lines. Give "
                "its lines an External ID to change them; another order needs another "
                "Order Reference.",
                self.name,
            )
        )

    def _b2b_import_refuse_running(self):
        raise UserError(
            self.env._(
                "%s is there already and is not historical; it stays as it is.",
                self.name,
            )
        )

    @api.model
    def _b2b_import_known(self, given, there):
        """The order (or place in the file) that this one is; None when it is new."""
        for known, one in there:
            if not imported.same_place(given, known):
                continue
            if imported.same_lines(given.lines, known.lines):
                running = given.historical and not known.historical
                if running and not isinstance(one, int):
                    one._b2b_import_refuse_running()
                return one
            if given.number and isinstance(one, int):
                # Alone it is refused with its row: the first one is there by then.
                raise RefusedInBatch
            if given.number:
                one._b2b_import_refuse()
        return None

    @api.model
    def _b2b_import_there(self, facts):
        """``[(facts, order)]`` of orders that a file may mean, in one search."""
        numbers = [given.number for given in facts if given.number]
        references = [given.reference for given in facts if given.reference]
        if not numbers and not references:
            return []
        # sudo: an order that somebody else brought over counts as well. Nothing but
        # its number is told.
        orders = self.sudo().search(
            [
                ("company_id", "in", [given.company_id for given in facts]),
                ("b2b_party_id", "in", [given.party_id for given in facts]),
                ("state", "!=", "cancel"),
                "|",
                ("name", "in", numbers),
                ("client_order_ref", "in", references),
            ],
            order="id",
        )
        return [
            (
                imported.Order(
                    order.company_id.id,
                    order.b2b_party_id.id,
                    order.date_order,
                    order.name or "",
                    order.client_order_ref or "",
                    self._b2b_import_known_lines(order.order_line),
                    order.b2b_historical,
                ),
                order.with_env(self.env),
            )
            for order in orders
        ]

    @api.model
    def _b2b_import_facts(self, vals):
        partner = self.env["res.partner"].sudo().browse(vals.get("partner_id") or [])
        moment = vals.get("date_order") or fields.Datetime.now()
        return imported.Order(
            vals.get("company_id") or self.env.company.id,
            partner.commercial_partner_id.id,
            fields.Datetime.to_datetime(moment),
            own_number(vals),
            vals.get("client_order_ref") or "",
            self._b2b_import_lines(vals.get("order_line")),
            bool(vals.get("b2b_historical")),
        )

    @api.model
    def _b2b_import_lines(self, commands):
        """Lines of a file as the rules compare them."""
        known = self.env["sale.order.line"].sudo()
        lines = []
        for command in commands or []:
            if command[0] not in (0, 1):
                continue
            values = command[2]
            there = known.browse(command[1] if command[0] == 1 else [])
            product_id = values.get("product_id") or there.product_id.id
            if product_id:
                lines.append(self._b2b_imported(product_id, values))
        return tuple(lines)

    @api.model
    def _b2b_import_known_lines(self, lines):
        # What the system wrote for delivery, charges and points is in no file.
        goods = lines.sudo().filtered(
            lambda line: line.product_id and not line._b2b_is_charge()
        )
        return tuple(
            self._b2b_imported(
                line.product_id.id,
                {
                    "product_uom_qty": line.product_uom_qty,
                    "price_unit": line.price_unit,
                    "discount": line.discount,
                },
            )
            for line in goods
        )

    @api.model
    def _b2b_import_lock(self, facts):
        """One import at a time and company: two of the same file count once.

        The second one waits for nothing and changes nothing, it says so.
        """
        if not any(given.named for given in facts):
            return
        ids = sorted({given.company_id for given in facts})
        # sudo: no value of the company changes; the row is the lock.
        companies = self.env["res.company"].sudo().browse(ids)
        busy = self.env._(
            "Somebody else imports orders at this moment; start again when that is "
            "done."
        )
        try:
            with self.env.cr.savepoint(flush=False):
                if companies.try_lock_for_update(allow_referencing=True) != companies:
                    raise UserError(busy)
                # Whoever began before this is done starts on a fresh snapshot.
                self.env.cr.execute(
                    SQL(
                        "UPDATE res_company SET write_date = write_date WHERE id IN %s",
                        tuple(ids),
                    )
                )
        except SerializationFailure:
            raise UserError(busy) from None

    @api.model
    def _b2b_imported(self, product_id, values):
        """A line of an imported order as the rules compare it."""
        known = self.env["sale.order.line"]._fields
        said = [
            imported.number(
                values.get(name), (known[name].get_digits(self.env) or (16, 2))[1]
            )
            for name in ("product_uom_qty", "price_unit", "discount")
        ]
        return imported.Line(product_id, *said)
