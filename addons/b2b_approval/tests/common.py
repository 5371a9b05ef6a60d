from odoo import Command

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

    @classmethod
    def _make_rule(cls, steps=None, **values):
        """A rule of the party; ``steps`` are dicts with ids, by default Marcus."""
        steps = [{"seat_ids": cls.approver.ids}] if steps is None else steps
        many = ("seat_ids", "role_ids")
        rows = [
            {
                name: [Command.set(value)] if name in many else value
                for name, value in step.items()
            }
            for step in steps
        ]
        values = {
            "name": "Always ask",
            "always": True,
            "party_id": cls.party.id,
            "step_ids": [Command.create(row) for row in rows],
            **values,
        }
        return cls.env["b2b.approval.rule"].create(values)

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
