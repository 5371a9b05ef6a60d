from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..rules import conditions as rules
from ..rules.agreement import overlap

#: What a running agreement keeps, as its other terms.
TERMS = frozenset(
    {
        "agreement_id",
        "kind",
        "threshold",
        "below",
        "charge",
        "replaces_carrier",
        "step_ids",
        "currency_id",
        "company_id",
        "date_start",
        "date_end",
        "active",
    }
)


class OrderCondition(models.Model):
    """What cannot be agreed, and what a running agreement keeps."""

    _inherit = "b2b.order.condition"

    @api.constrains("kind", "threshold", "charge", "below", "step_ids")
    def _check_figures(self):
        for condition in self:
            condition._b2b_check_figures()

    def _b2b_check_figures(self):
        """One sentence for the first figure that cannot be."""
        self.ensure_one()
        _ = self.env._
        texts = {
            "negative": _("amounts are not below zero; enter 0 or more."),
            "percent": _("a discount is a share of 0 to 100 per cent."),
            "no_charge": _("enter what is charged below the minimum order."),
            "no_steps": _("add at least one discount step."),
            "same_step": _("two steps begin at the same amount; remove one of them."),
            "descending": _(
                "a higher amount needs a higher discount than the step before; correct "
                "the steps."
            ),
        }
        found = rules.faults(
            self.kind,
            threshold=self.threshold,
            charge=self.charge,
            below=self.below,
            steps=[(s.amount_from, s.percent) for s in self.step_ids]
            if self.kind == "discount"
            else [],
        )
        if found:
            raise ValidationError(
                _("“%(name)s”: %(text)s", name=self.name, text=texts[found[0]])
            )

    @api.constrains("date_start", "date_end")
    def _check_dates(self):
        for condition in self:
            start, end = condition.date_start, condition.date_end
            if start and end and end < start:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” ends on %(end)s, before it begins on %(start)s; "
                        "choose a later end.",
                        name=condition.name,
                        end=format_date(self.env, end),
                        start=format_date(self.env, start),
                    )
                )

    @api.constrains("party_id")
    def _check_party(self):
        for condition in self:
            party = condition.party_id
            if party and party != party.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a contact; make the condition for %(party)s.",
                        contact=party.display_name,
                        party=party.commercial_partner_id.name,
                    )
                )

    @api.constrains("currency_id", "company_id")
    def _check_currency(self):
        for condition in self:
            currency, company = condition.currency_id, condition.company_id
            if currency == company.currency_id:
                continue
            # sudo: whether there is a rate must be known, whoever asks.
            rates = self.env["res.currency.rate"].sudo()
            if not rates.search_count(
                [
                    ("currency_id", "=", currency.id),
                    ("company_id", "in", (False, company.root_id.id)),
                ],
                limit=1,
            ):
                raise ValidationError(
                    self.env._(
                        "“%(name)s”: there is no rate of %(currency)s to %(own)s; "
                        "enter one, or use %(own)s.",
                        name=condition.name,
                        currency=currency.name,
                        own=company.currency_id.name,
                    )
                )

    @api.constrains(
        "kind",
        "party_id",
        "customer_group_id",
        "agreement_id",
        "party_group_id",
        "company_id",
        "date_start",
        "date_end",
        "active",
    )
    def _check_one_at_a_time(self):
        """Two of a kind for the same customers: nobody could say which counts."""
        owners = [f"{name}_id" for name in rules.AUDIENCES[:-1]]
        for condition in self.filtered("active"):
            rivals = self.sudo().search(
                [
                    ("id", "!=", condition.id),
                    ("kind", "=", condition.kind),
                    ("company_id", "=", condition.company_id.id),
                    *((name, "=", condition[name].id) for name in owners),
                ]
            )
            period = condition.date_start or None, condition.date_end or None
            for rival in rivals:
                if overlap(period, (rival.date_start or None, rival.date_end or None)):
                    raise ValidationError(
                        self.env._(
                            "“%(rival)s” is of the same kind, for the same customers "
                            "and at the same time as “%(name)s”; change that one, or "
                            "its dates.",
                            rival=rival.name,
                            name=condition.name,
                        )
                    )

    # -- terms of a running agreement --

    def _b2b_check_frozen(self):
        for condition in self.sudo():
            agreement = condition.agreement_id
            if agreement and agreement.state != "draft":
                raise UserError(
                    self.env._(
                        "“%(condition)s” belongs to “%(agreement)s”, which is running "
                        "and keeps its terms. Make a new version of the agreement, old "
                        "orders keep theirs.",
                        condition=condition.name,
                        agreement=agreement.name,
                    )
                )

    def _b2b_steps_changed(self):
        """A step was added or changed by itself: as a change of the condition."""
        self._b2b_check_frozen()
        self._check_figures()
        self.env.registry.clear_cache()

    @api.model_create_multi
    def create(self, vals_list):
        conditions = super().create(vals_list)
        conditions._b2b_check_frozen()
        self.env.registry.clear_cache()
        return conditions

    def write(self, vals):
        if TERMS & vals.keys():
            self._b2b_check_frozen()
        result = super().write(vals)
        if TERMS & vals.keys():
            self._b2b_check_frozen()
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        self._b2b_check_frozen()
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
