from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Domain


class Budget(models.Model):
    """Budgets that the customer's own administrator keeps.

    The methods act for whoever is signed in: they look at his own seat, work in his own
    party only, and lift rights after that. None can be called by RPC.
    """

    _inherit = "b2b.budget"

    kept_by = fields.Selection(
        [("seller", "Us"), ("customer", "The customer")],
        required=True,
        default="seller",
        readonly=True,
        copy=False,
        help="Who made this budget. What the customer's administrator made he changes "
        "and archives himself, in the portal.",
    )
    customer_may_change = fields.Boolean(
        "Customer may change it",
        tracking=True,
        help="The customer's administrator may change and archive this budget although "
        "we made it.",
    )

    def action_b2b_successor(self):
        """A new budget with the same terms, to be saved: what is fixed here may differ
        there."""
        self.ensure_one()
        self.check_access("read")
        self.browse().check_access("create")
        values = self.copy_data({"name": self.name})[0]
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "view_mode": "form",
            "context": {f"default_{name}": value for name, value in values.items()},
        }

    @api.model
    def _b2b_keeper(self):
        """The seat of whoever is signed in, when it keeps budgets; with all rights.

        :raise AccessError: for everybody else
        """
        user = self.env.user
        seat = user._b2b_seat()
        if not seat or not user._b2b_can("manage_budgets") or seat.sudo().is_agent:
            raise AccessError(self.env._("Your role does not keep budgets."))
        return seat.sudo()

    @api.model
    def _b2b_kept(self, budget_id, company):
        """A budget of the keeper's own party, running or archived.

        :raise MissingError: for none and a foreign one, in the same words
        """
        seat = self._b2b_keeper()
        # sudo: right and party of the seat are checked here.
        budget = (
            self.sudo()
            .with_context(active_test=False)
            .search(
                Domain("id", "=", budget_id)
                & Domain("company_id", "=", company.id)
                & self._b2b_party_domain(seat.party_id)
            )
        )
        if not budget:
            raise MissingError(self.env._("There is no such budget."))
        return budget

    def _b2b_fixed_reason(self):
        """Why the customer's administrator may not change it, or nothing."""
        self.ensure_one()
        if self.party_group_id:
            return self.env._(
                "%s is the budget of a group; we change it with you.", self.name
            )
        if self.kept_by == "seller" and not self.customer_may_change:
            return self.env._("%s was set by us; ask us to change it.", self.name)
        return ""

    @api.model
    def _b2b_keep(self, values, company, budget=None):
        """Create or change a budget of the keeper's party.

        :param values: checked values, see b2b.budget.form
        :param budget: b2b.budget of :meth:`_b2b_kept`, None for a new one
        """
        seat = self._b2b_keeper()
        if budget is None:
            return self.sudo().create(
                {
                    **values,
                    "party_id": seat.party_id.id,
                    "company_id": company.id,
                    "kept_by": "customer",
                }
            )
        budget._b2b_check_changeable(seat)
        budget.write(values)
        return budget

    def _b2b_keep_active(self, active):
        """Archive a budget, or take it up again."""
        self.ensure_one()
        self._b2b_check_changeable(self._b2b_keeper())
        self.active = active

    def _b2b_check_changeable(self, seat):
        if seat.party_id not in self._b2b_parties():
            raise MissingError(self.env._("There is no such budget."))
        reason = self._b2b_fixed_reason()
        if reason:
            raise UserError(reason)
