from odoo import models

from odoo.addons.b2b_budget.rules.exposure import settled
from odoo.addons.b2b_portal.tools import money as money_text

from ..rules import credit_bar


class B2bPortalCredit(models.AbstractModel):
    """What the portal tells about credit: the bar, and figures in words.

    Only a seat whose role sees credit is told figures, and of its own company only:
    what a group owes together needs the right to see the other companies as well.
    """

    _name = "b2b.portal.credit"
    _description = "Credit in the trade portal"

    def _b2b_shown_terms(self, ctx):
        """Terms of the accounts whose figures this seat may see; no query."""
        if not (ctx.can("see_credit") and ctx.can("see_prices")):
            return []
        terms = ctx.env["b2b.credit.account"]._b2b_accounts_of(
            ctx.company.id, ctx.party.id
        )
        return [t for t in terms if not t.is_group or ctx.can("see_subsidiaries")]

    def _b2b_is_checked_unseen(self, ctx):
        """Whether an order is checked although this seat is told no figures."""
        terms = ctx.env["b2b.credit.account"]._b2b_accounts_of(
            ctx.company.id, ctx.party.id
        )
        return bool(terms) and not self._b2b_shown_terms(ctx)

    def _b2b_credit_rows(self, ctx, order=None, only=None):
        """One row per account: bar, figures and words.

        :param order: the cart or order that is weighed; of this company
        :param only: id of the one account to tell about
        """
        terms = [t for t in self._b2b_shown_terms(ctx) if only in (None, t.id)]
        if not terms:
            return []
        if order:
            wanted = {term.id for term in terms}
            effects = [
                effect
                for effect in order._b2b_credit_effect()
                if effect["term"].id in wanted
            ]
        else:
            # sudo: seats have no access to accounts; the right was checked above.
            accounts = ctx.env["b2b.credit.account"].sudo()
            accounts = accounts.browse([term.id for term in terms])
            exposures = accounts._b2b_exposures()
            effects = [
                {
                    "term": term,
                    "exposure": exposures[term.id],
                    "amount": 0.0,
                    "over": 0.0,
                    "currency": ctx.env["res.currency"].browse(term.currency_id),
                }
                for term in terms
            ]
        return [
            self._b2b_credit_row(effect)
            for effect in effects
            if effect["exposure"].is_checked
        ]

    def _b2b_credit_row(self, effect):
        exposure, currency = effect["exposure"], effect["currency"]
        amount = effect["amount"]

        def money(value):
            return money_text(self.env, value, currency)

        left = exposure.available - amount
        overdue = currency.round(settled(exposure.overdue, exposure.unused))
        return {
            "title": self.env._("Credit of your group")
            if effect["term"].is_group
            else self.env._("Credit"),
            "prepaid": exposure.prepaid_only,
            "left": money(max(left, 0.0) if not exposure.prepaid_only else left),
            "over": effect["over"] and money(effect["over"]),
            "above": left < 0 and money(-left),
            "limit": money(exposure.limit),
            "used": money(exposure.used),
            "waiting": exposure.waiting > 0 and money(exposure.waiting),
            "overdue": overdue > 0 and money(overdue),
            "bar": credit_bar.bar(
                exposure.limit, exposure.used, exposure.waiting, overdue, amount
            ),
            "words": self._b2b_credit_words(exposure, overdue, amount, money),
        }

    def _b2b_credit_words(self, exposure, overdue, amount, money):
        """The bar as a sentence."""
        _ = self.env._
        parts = [_("%s used", money(exposure.used))]
        if exposure.waiting > 0:
            parts.append(_("%s waiting", money(exposure.waiting)))
        if amount:
            parts.append(_("%s this order", money(amount)))
        if overdue > 0:
            parts.insert(0, _("%s overdue", money(overdue)))
        return _(
            "%(parts)s of %(limit)s",
            parts=", ".join(parts),
            limit=money(exposure.limit),
        )
