from odoo.addons.b2b_party.exceptions import LimitExceeded


class BudgetExceeded(LimitExceeded):
    """A booking would go above a budget; ``finding`` says which and who decides."""


class CreditExceeded(LimitExceeded):
    """A booking would go above a credit limit; ``finding`` tells the figures."""
