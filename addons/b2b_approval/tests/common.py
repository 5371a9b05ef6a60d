from odoo.addons.b2b_party.rules.finding import Finding
from odoo.addons.b2b_party.tests.common import PartyCase


class ApprovalCase(PartyCase):
    """A buyer who may order up to 100 and an approver above."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.small_role = cls.env.ref("b2b_party.role_buyer").copy(
            {"name": "Small buyer", "order_limit": 100.0, "party_id": cls.party.id}
        )
        cls.buyer.role_id = cls.small_role
        cls.buyer.supervisor_id = cls.approver

    @classmethod
    def _submitted(cls, quantity=30, **values):
        order = cls._make_order(quantity=quantity, **values)
        order._b2b_submit()
        return order

    @staticmethod
    def _finding(**values):
        values = {
            "code": "credit",
            "severity": "authorize",
            "side": "seller",
            "message": "Exposure would be too high.",
            "buyer_message": "Credit is checked.",
            **values,
        }
        return Finding(**values)
