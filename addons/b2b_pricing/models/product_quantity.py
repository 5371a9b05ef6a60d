from odoo import api, models
from odoo.exceptions import ValidationError

from ..rules import quantity as rules


class ProductProduct(models.Model):
    """Which quantities a customer can order of an article, and why not others."""

    _inherit = "product.product"

    def _b2b_quantity_rules(self, party=None, agreement=None):
        """``{product id: QuantityRule}`` in the unit of each product.

        One query at most, and none for customers without exceptions.

        :param party: res.partner whose own quantities come before the article's
        :param agreement: b2b.agreement whose quantities come before all others
        """
        exceptions = self.env["b2b.quantity.rule"]._b2b_exceptions(
            self, party, agreement
        )
        found = {}
        for product in self:
            # Of the template, which is read anyway: fields of variants are copies.
            own = product.product_tmpl_id
            found[product.id] = rules.most_specific(
                (
                    (
                        owner,
                        single,
                        product._b2b_rule_of(row.min_qty, row.multiple, row.max_qty),
                    )
                    for owner, single, row in exceptions.get(product.id, ())
                ),
                product._b2b_rule_of(
                    own.b2b_min_qty, own.b2b_multiple, own.b2b_max_qty
                ),
            )
        return found

    def _b2b_quantity_rule(self, party=None, agreement=None):
        self.ensure_one()
        return self._b2b_quantity_rules(party, agreement)[self.id]

    def _b2b_rule_of(self, minimum, multiple, maximum):
        if multiple == 1 and not self._b2b_counted():
            # The default of one piece says nothing about metres and kilograms.
            multiple = 0.0
        return rules.QuantityRule(minimum, multiple, maximum)

    def _b2b_quantity_note(self, typed, rule=None):
        """Why a typed quantity becomes another one, as a sentence; else ``""``."""
        note = (rule or self._b2b_quantity_rule()).note(typed)
        return self._b2b_note_text(note) if note else ""

    def _b2b_ask_text(self, note):
        """The question about a quantity that would be rounded up by more than half."""
        return self.env._(
            "%(note)s. Type %(quantity)s if that is what you want.",
            note=self._b2b_note_text(note),
            quantity=f"{note.corrected:g}",
        )

    @api.model
    def _b2b_quantities_text(self, minimum, multiple, maximum):
        """Minimum, pack and maximum as one line."""
        _ = self.env._
        parts = []
        if minimum:
            parts.append(_("at least %g", minimum))
        if multiple not in (0, 1):
            parts.append(_("packs of %g", multiple))
        if maximum:
            parts.append(_("at most %g", maximum))
        return ", ".join(parts) or _("any quantity")

    @api.model
    def _b2b_check_quantities(self, name, minimum, multiple, maximum):
        """Refuse quantities of which nothing could be ordered."""
        wrong = rules.problem(minimum, multiple, maximum)
        if not wrong:
            return
        _ = self.env._
        if wrong == rules.MULTIPLE:
            text = _(
                "The order multiple of %(name)s is %(step)g; it must be above 0 (1 for "
                "single pieces).",
                name=name,
                step=multiple,
            )
        elif wrong == "negative":
            text = _("Minimum and maximum quantity of %s cannot be below 0.", name)
        else:
            text = _(
                "The maximum quantity of %(name)s (%(high)g) is below the smallest one "
                "by minimum and multiple (%(low)g); nothing could be ordered.",
                name=name,
                high=maximum,
                low=rules.QuantityRule(minimum, multiple).first,
            )
        raise ValidationError(text)
