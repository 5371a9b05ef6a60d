from odoo import Command, models

from ..rules import points as rules
from ..rules import redeem
from .sale_order_points import settling

#: Odoo rounds lines of one key together; it must begin with ``global_discount,``.
KEY = "global_discount,b2b_points"
#: After the goods and their discounts, before delivery (DECISIONS 13).
SEQUENCE = 9050


class SaleOrder(models.Model):
    """The lines that points pay: one per tax, by Odoo's own global discount."""

    _inherit = "sale.order"

    def _b2b_points_lines(self):
        """Lines that were written for points."""
        return self.order_line.filtered(lambda line: line._b2b_is_points())

    def _b2b_points_paid_share(self, amount_of="price_subtotal"):
        """Share of the goods that money pays, between 0 and 1.

        :param str amount_of: field of the lines, excluding or including tax
        """
        self.ensure_one()
        return redeem.money_share(
            self._b2b_points_goods().mapped(amount_of),
            self._b2b_points_lines().mapped(amount_of),
            self.currency_id.decimal_places,
        )

    def _b2b_points_write_lines(self, found):
        """Bring the lines to this use of points.

        :return: what the lines take off, excluding tax, as they are now
        """
        lines = self._b2b_points_lines()
        parts = self._b2b_points_parts(found)
        with settling():
            for line, part in zip(lines, parts, strict=False):
                line._b2b_points_update(part)
            surplus = lines[len(parts) :]
            # A line that is on a document says what was billed; it stays for nothing.
            kept = surplus._b2b_points_billed()
            kept.write({"price_unit": 0.0, "technical_price_unit": 0.0})
            (surplus - kept).unlink()
            lines = lines.exists()
            if len(parts) > len(lines):
                self._b2b_points_add(parts[len(lines) :])
            if self.state == "sale":
                # A line of nothing is invoiced, one with a price again is not.
                lines._compute_qty_invoiced()
                lines._compute_qty_invoiced_posted()
        return -sum(self._b2b_points_lines().mapped("price_subtotal"))

    def _get_invoiceable_lines(self, final=False):
        """Points go with goods: nothing to invoice of these, nothing of those."""
        lines = super()._get_invoiceable_lines(final)
        points = self._b2b_points_lines()
        if not points:
            return lines
        due = points.filtered(lambda line: line._b2b_points_of_tax() & lines)
        kept = (lines - points) | due
        # In the order of the order; down payments stay last.
        last = lines.filtered("is_downpayment")
        return (self.order_line & (kept - last)) | last

    def _create_account_invoices(self, invoice_vals_list, final):
        moves = super()._create_account_invoices(invoice_vals_list, final)
        # Before Odoo asks whether it is an invoice or a credit note.
        moves._b2b_points_follow_goods()
        return moves

    def _b2b_points_add(self, parts):
        product = self._b2b_points_product()
        self.env["sale.order.line"].with_context(sale_no_log_for_new_lines=True).create(
            [
                {
                    "order_id": self.id,
                    "product_id": product.id,
                    "product_uom_qty": 1.0,
                    "sequence": SEQUENCE,
                    "discount": 0.0,
                    "b2b_points_line": True,
                    **part,
                    "tax_ids": [Command.set(part["tax_ids"].ids)],
                }
                for part in parts
            ]
        )

    def _b2b_points_product(self):
        """The article of discount lines, as Odoo makes it for its own."""
        wizard = self.env["sale.order.discount"].with_company(self.company_id)
        return wizard.new({"sale_order_id": self.id})._get_discount_product()

    def _b2b_points_parts(self, found):
        """Values of the lines: name, price, taxes and what Odoo keeps of them."""
        if not found.points:
            return []
        base_lines = self._b2b_points_base_lines(float(found.value))
        several = len(base_lines) > 1
        return [
            {
                "name": self._b2b_points_name(found.points, line["tax_ids"], several),
                "price_unit": line["price_unit"],
                "technical_price_unit": line["price_unit"],
                "tax_ids": line["tax_ids"],
                "extra_tax_data": line["extra"],
            }
            for line in base_lines
        ]

    def _b2b_points_name(self, points, taxes, several):
        order = self.with_context(lang=self._get_lang())
        name = order.env._("%s points", f"{points:,}")
        if several and taxes:
            return f"{name}\n{', '.join(taxes.with_env(order.env).mapped('name'))}"
        return name

    def _b2b_points_rename(self):
        """Lines say the points that are used, also after they became fewer."""
        lines = self._b2b_points_lines().filtered("price_unit")
        for line in lines:
            name = self._b2b_points_name(
                self.b2b_points_used, line.tax_ids, len(lines) > 1
            )
            if line.name != name:
                line.name = name

    def _b2b_points_base_lines(self, value):
        """Negative lines of Odoo's tax engine that take ``value`` net off the goods.

        Odoo splits a percentage over the taxes and keeps the tax of each part, so that
        tax and total are those of the smaller sum. Where its rounding misses the value
        by a cent the largest part takes it.
        """
        Tax = self.env["account.tax"]
        lines = self._b2b_points_taxed()
        net = sum(lines.mapped("price_subtotal"))
        if not net:
            return []
        base_lines = [line._prepare_base_line_for_taxes_computation() for line in lines]
        Tax._add_tax_details_in_base_lines(base_lines, self.company_id)
        Tax._round_base_lines_tax_details(base_lines, self.company_id)
        product = self._b2b_points_product()
        parts = Tax._prepare_global_discount_lines(
            base_lines=base_lines,
            company=self.company_id,
            amount_type="percent",
            amount=100 * value / net,
            computation_key=KEY,
            grouping_function=lambda line: {"product_id": product},
        )
        for part in parts:
            part["extra"] = Tax._export_base_line_extra_tax_data(part)
        self._b2b_points_last_cent(parts, value)
        return [part for part in parts if part["price_unit"]]

    def _b2b_points_taxed(self):
        """Goods of taxes that still have something to be paid."""
        goods = self._b2b_points_goods()
        groups = goods.grouped("tax_ids")
        found = goods.browse()
        for lines in groups.values():
            if (
                self.currency_id.compare_amounts(
                    sum(lines.mapped("price_subtotal")), 0.0
                )
                > 0
            ):
                found |= lines
        return found

    def _b2b_points_last_cent(self, parts, value):
        """Let the parts come to the value, which decides how many points it costs."""
        digits = self.currency_id.decimal_places

        def net(part):
            details = part["tax_details"]
            return (
                details["total_excluded_currency"]
                + details["delta_total_excluded_currency"]
            )

        missing = -value - sum(net(part) for part in parts)
        if not parts or not rules.decimal(missing, digits):
            return
        largest = min(parts, key=net)
        if any(tax.price_include for tax in largest["tax_ids"]):
            return
        largest["price_unit"] = self.currency_id.round(largest["price_unit"] + missing)
        largest["extra"] = {"computation_key": KEY}
