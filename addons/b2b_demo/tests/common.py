from unittest import SkipTest

from odoo.tests import TransactionCase

from ..builder.kit import Kit


class DemoCase(TransactionCase):
    """Runs where the demo business is installed; `tests/demo` sees to that."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        module = cls.env["ir.module.module"].search([("name", "=", "b2b_demo")])
        if module.state != "installed":
            raise SkipTest("the demo business is not in this database")
        cls.kit = Kit(cls.env)
        cls.env = cls.kit.env

    @classmethod
    def get(cls, name):
        return cls.env.ref(f"b2b_demo.{name}")

    @classmethod
    def parties(cls):
        from ..builder.parties import PARTIES

        return {key: cls.get(f"party_{key}") for key in PARTIES}
