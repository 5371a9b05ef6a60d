from odoo.tests import TransactionCase

from ..builder.kit import Kit


class DemoCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kit = Kit(cls.env)
        cls.env = cls.kit.env

    @classmethod
    def get(cls, name):
        return cls.env.ref(f"b2b_demo.{name}")

    @classmethod
    def parties(cls):
        from ..builder.parties import PARTIES

        return {key: cls.get(f"party_{key}") for key in PARTIES}
