from importlib import import_module

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..builder import STEPS, build
from ..builder.kit import BUILT
from .common import DemoCase

MODELS = (
    "res.partner", "res.users", "b2b.seat", "b2b.customer.group", "product.template",
    "product.pricelist", "product.pricelist.item", "b2b.agreement", "b2b.budget",
    "b2b.budget.entry", "b2b.loyalty.account", "b2b.loyalty.entry", "sale.order",
    "sale.order.line", "account.move", "account.payment", "stock.picking",
    "stock.quant", "b2b.delivery.schedule", "b2b.catalog", "b2b.product.code",
    "res.currency.rate", "delivery.carrier", "mail.message", "b2b.order.hold",
    "b2b.quantity.rule", "product.supplierinfo",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestRerun(DemoCase):
    def _counts(self):
        self.env.flush_all()
        return {
            name: self.env[name].with_context(active_test=False).search_count([])
            for name in MODELS
        }

    def test_a_second_run_changes_nothing(self):
        self.assertTrue(self.kit.is_built)
        before = self._counts()
        build(self.env)
        self.assertEqual(self._counts(), before)

    def test_every_step_leaves_what_exists_alone(self):
        before = self._counts()
        for name in STEPS:
            step = import_module(f"odoo.addons.b2b_demo.builder.{name}")
            step.build(self.kit)
            self.assertEqual(self._counts(), before, name)

    def test_a_database_in_use_is_refused(self):
        self.env["ir.config_parameter"].set_param(BUILT, False)
        with self.assertRaises(UserError):
            build(self.env)
