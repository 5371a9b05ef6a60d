from .common import PricingCase


class ConditionCase(PricingCase):
    """A cart of articles at 10.00 and 1.00, with 20 % tax and without."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax = cls._make_tax("20 %", 20.0)
        cls.reduced = cls._make_tax("5 %", 5.0)
        cls.ten = cls._make_article("Ten", 10.0, cls.tax)
        cls.one = cls._make_article("One", 1.0, cls.tax)
        cls.book = cls._make_article("Book", 1.0, cls.reduced)

    @classmethod
    def _make_tax(cls, name, amount, **values):
        return cls.env["account.tax"].create(
            {
                "name": f"{name} of conditions",
                "amount": amount,
                "amount_type": "percent",
                "type_tax_use": "sale",
                "price_include_override": "tax_excluded",
                **values,
            }
        )

    @classmethod
    def _make_article(cls, name, price, taxes):
        return cls.env["product.product"].create(
            {
                "name": name,
                "list_price": price,
                "taxes_id": [(6, 0, taxes.ids)],
                "type": "consu",
                "invoice_policy": "order",
            }
        )

    @classmethod
    def _make_condition(cls, kind, name=None, steps=(), **values):
        values = {
            "kind": kind,
            "name": name or kind,
            "step_ids": [
                (0, 0, {"amount_from": start, "percent": percent})
                for start, percent in steps
            ],
            **values,
        }
        return cls.env["b2b.order.condition"].create(values)

    @classmethod
    def _cart_of(cls, *rows, **values):
        """An open order of ``(article, quantity)``."""
        lines = [
            (0, 0, {"product_id": product.id, "product_uom_qty": quantity})
            for product, quantity in rows
        ]
        return cls._make_cart(order_line=lines, **values)

    def condition_lines(self, order):
        """``{kind: [(net amount, taxes)]}`` of the lines that conditions wrote."""
        found = {}
        for line in order.order_line.filtered("b2b_condition_kind"):
            row = (line.price_subtotal, line.tax_ids)
            found.setdefault(line.b2b_condition_kind, []).append(row)
        return found

    def amounts(self, order):
        return {
            kind: round(sum(net for net, _taxes in rows), 2)
            for kind, rows in self.condition_lines(order).items()
        }
