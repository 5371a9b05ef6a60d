from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: Columns of a historical order; everything else is worked out or stays empty.
COLUMNS = frozenset(
    {
        "b2b_channel_id",
        "b2b_historical",
        "client_order_ref",
        "company_id",
        "date_order",
        "id",
        "name",
        "order_line",
        "origin",
        "partner_id",
        "partner_invoice_id",
        "partner_shipping_id",
        "payment_term_id",
        "pricelist_id",
        "state",
        "team_id",
        "user_id",
    }
)
LINE_COLUMNS = frozenset(
    {
        "discount",
        "id",
        "name",
        "price_unit",
        "product_id",
        "product_uom_id",
        "product_uom_qty",
        "sequence",
        "tax_ids",
    }
)
#: Without them nobody could say what an order was.
NEEDED = ("partner_id", "date_order", "order_line")
LINE_NEEDED = ("product_id", "product_uom_qty", "price_unit")


def own_number(values):
    """The order's own number; what Odoo will number itself has none."""
    name = (values.get("name") or "").strip()
    return "" if name in ("/", "New") else name


def new_lines(commands):
    """Values of the lines of a file that are not there yet."""
    return [command[2] for command in commands or [] if command[0] == 0]


class SaleOrder(models.Model):
    """What a file may say of historical orders, and who may import it."""

    _inherit = "sale.order"

    @api.model
    def _b2b_check_import(self, values, has_id):
        """Refuse a historical order that this person, or this file, cannot bring."""
        _ = self.env._
        if not self.env.user.has_group("b2b_party.group_sales_manager"):
            raise AccessError(
                _("Historical orders are imported by sales managers only.")
            )
        lines = new_lines(values.get("order_line"))
        self._b2b_import_check_columns(
            self, values, COLUMNS | self._b2b_import_columns()
        )
        for line in lines:
            self._b2b_import_check_columns(self.order_line, line, LINE_COLUMNS)
        if values.get("state") not in (None, False, "sale"):
            raise UserError(
                _("Historical orders are confirmed orders; leave out the others.")
            )
        if not has_id and not own_number(values) and not values.get("client_order_ref"):
            raise UserError(
                _(
                    "A historical order needs an External ID, an Order Reference or a "
                    "Customer Reference; without one it would count twice when the "
                    "file is imported again."
                )
            )
        missing = self._b2b_import_missing(values, lines)
        if missing:
            raise UserError(_("A historical order needs the column %s.", missing))
        moment = fields.Datetime.to_datetime(values["date_order"])
        if moment > fields.Datetime.now() + timedelta(days=1):
            raise UserError(
                _("%s is in the future; a historical order was made already.", moment)
            )

    @api.model
    def _b2b_import_columns(self):
        """Further columns of historical orders; other addons add theirs."""
        return frozenset()

    @api.model
    def _b2b_import_check_columns(self, records, values, allowed):
        closed = sorted(name for name in values if name not in allowed)
        if closed:
            field = records._fields.get(closed[0])
            label = field.get_description(self.env)["string"] if field else closed[0]
            raise UserError(
                self.env._(
                    "A historical order has no column “%s”; leave it out.", label
                )
            )

    @api.model
    def _b2b_import_missing(self, values, lines):
        """Label of a column that is not there or empty; empty when all are."""
        for name in NEEDED:
            if not values.get(name):
                return self._fields[name].get_description(self.env)["string"]
        for line in lines:
            for name in LINE_NEEDED:
                # 0 is a quantity and a price, of samples and gifts; False is none.
                if line.get(name) is None or line[name] is False or line[name] == "":
                    line_fields = self.order_line._fields
                    return line_fields[name].get_description(self.env)["string"]
        return ""

    @api.model
    def _b2b_import_check_reach(self, vals):
        """Records that a file names by number are among those its importer may read."""
        if any(command[0] != 0 for command in vals["order_line"]):
            # The system writes: it would take the line from where it is.
            raise UserError(
                self.env._(
                    "A line of %s has the External ID of a line of another order.",
                    own_number(vals) or vals.get("client_order_ref") or "",
                )
            )
        company_id = vals.get("company_id") or self.env.company.id
        if company_id not in self.env.companies.ids:
            raise AccessError(
                self.env._("Orders are imported for your companies only.")
            )
        for name, value in vals.items():
            field = self._fields[name]
            if value and field.type == "many2one" and name != "company_id":
                self.env[field.comodel_name].browse(value).check_access("read")
        products = [line["product_id"] for line in new_lines(vals["order_line"])]
        self.env["product.product"].browse(products).check_access("read")
