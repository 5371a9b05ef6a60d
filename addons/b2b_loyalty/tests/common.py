"""A program of one point per unit of the company's currency, and a trade party."""

from odoo.fields import Command
from odoo.tests import TransactionCase


class LoyaltyCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.company = cls.env.company
        cls.currency = cls.company.currency_id
        cls.entries = cls.env["b2b.loyalty.entry"]
        cls.accounts = cls.env["b2b.loyalty.account"]
        # Programs of a demo database would come first.
        cls.env["b2b.loyalty.program"].search([]).active = False
        cls.group = cls.env["b2b.customer.group"].create({"name": "Points shops"})
        cls.program = cls.make_program()
        cls.party = cls.make_party("Points & Sons Ltd")
        cls.contact = cls.env["res.partner"].create(
            {"name": "Hannah", "parent_id": cls.party.id}
        )
        cls.kitchen = cls.env["product.category"].create({"name": "Points kitchen"})
        cls.goods = cls.make_product("Cake stand", cls.kitchen)
        cls.other = cls.make_product("Heart")

    @classmethod
    def make_program(cls, **vals):
        return cls.env["b2b.loyalty.program"].create(
            {
                "name": "Trade points",
                "points": 1,
                "per_amount": 1.0,
                "point_value": 0.01,
                "customer_types": "trade",
                **vals,
            }
        )

    @classmethod
    def make_party(cls, name, **vals):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "b2b_customer_type": "trade",
                "b2b_state": "active",
                **vals,
            }
        )

    @classmethod
    def make_product(cls, name, category=None):
        vals = {
            "name": name,
            "type": "consu",
            "invoice_policy": "order",
            "list_price": 10.0,
            "taxes_id": [Command.clear()],
        }
        if category:
            vals["categ_id"] = category.id
        return cls.env["product.product"].create(vals)

    def order(self, *lines, partner=None, **vals):
        """Lines are (product, quantity, price)."""
        return self.env["sale.order"].create(
            {
                "partner_id": (partner or self.contact).id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "price_unit": price,
                            "tax_ids": [Command.clear()],
                        }
                    )
                    for product, quantity, price in lines
                ],
                **vals,
            }
        )

    def confirmed(self, *lines, **vals):
        order = self.order(*lines, **vals)
        order.action_confirm()
        self.env.flush_all()
        return order

    def invoice(self, order, quantities=None, post=True):
        """An invoice of the order, of part of its first line when given."""
        invoice = order._create_invoices()
        if quantities:
            for line, quantity in zip(
                invoice.invoice_line_ids, quantities, strict=True
            ):
                line.quantity = quantity
        if post:
            invoice.action_post()
            self.env.flush_all()
        return invoice

    def credit(self, invoice, quantities=None):
        credit = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
        if quantities:
            for line, quantity in zip(credit.invoice_line_ids, quantities, strict=True):
                line.quantity = quantity
        credit.action_post()
        self.env.flush_all()
        return credit

    def account(self, party=None):
        return self.accounts._b2b_for_party(party or self.party, self.company)

    def assert_points(self, balance, pending, party=None):
        account = self.account(party)
        self.assertEqual((account.balance, account.pending), (balance, pending))
        self.assertFalse(self.accounts._b2b_drift())

    def ledger(self, party=None):
        entries = self.account(party).entry_ids.sorted("id")
        return [(entry.kind, entry.points) for entry in entries]
