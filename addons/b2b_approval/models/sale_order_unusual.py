import math

from odoo import models
from odoo.tools.misc import formatLang

from odoo.addons.b2b_party.rules.finding import AUTHORIZE, BUYER, SELLER, WARN, Finding

from ..rules import unusual
from .sale_order_usual import TOTAL

CODE = "unusual"
#: Keys of what the order desk releases start with this.
DESK = "desk-"
ARTICLE = "article-"


class SaleOrder(models.Model):
    """Findings about what is unusual for this customer (DECISIONS 7).

    The orderer confirms with both figures in sight; beyond a second threshold the
    order desk releases, asks the buyer or corrects.
    """

    _inherit = "sale.order"

    def _b2b_findings(self):
        findings = super()._b2b_findings()
        if not self.b2b_is_trade or self.b2b_historical:
            return findings
        # sudo: asked in the name of portal users, about orders of colleagues as well;
        # only a median leaves it.
        order = self.sudo()
        return findings + order._b2b_unusual_findings()

    def _b2b_unusual_findings(self):
        """All of them, by one statement whatever the number of lines."""
        company, typed = self.company_id, self._b2b_typed_quantities()
        events = self._b2b_is_new() and (
            company.b2b_unusual_repeats
            or company.b2b_unusual_first
            or company.b2b_unusual_places
        )
        figures = company.b2b_unusual_lines or company.b2b_unusual_totals
        if not typed or not (figures or events):
            return []
        own, everybody, past = self._b2b_usual(with_past=events)
        found = self._b2b_unusual_figures(typed, own, everybody)
        return found + (self._b2b_unusual_events(*past) if events else [])

    # -- figures -----------------------------------------------------------------

    def _b2b_unusual_figures(self, typed, own, everybody):
        """Lines and total far above the usual."""
        company = self.company_id
        limits, found = company._b2b_unusual_limits(), []
        if company.b2b_unusual_lines:
            for product, quantity in typed.items():
                found.append(
                    self._b2b_unusual_line(product, quantity, own, everybody, limits)
                )
        if company.b2b_unusual_totals:
            found.append(
                self._b2b_unusual_total(own.get(TOTAL, unusual.NOTHING), limits)
            )
        return [finding for finding in found if finding]

    def _b2b_typed_quantities(self):
        """Quantity of each article of goods, in the article's own unit."""
        typed = {}
        for line in self._b2b_typed_lines():
            quantity = line.product_uom_qty
            if line.product_uom_id != line.product_id.uom_id:
                quantity = line.product_uom_id._compute_quantity(
                    quantity, line.product_id.uom_id, round=False
                )
            typed[line.product_id] = typed.get(line.product_id, 0.0) + quantity
        return typed

    def _b2b_typed_lines(self):
        """Lines of goods: no delivery, rewards, sections or down payments."""
        return self._get_update_prices_lines().filtered(
            lambda line: line.product_id and line._b2b_kind() == "goods"
        )

    def _b2b_unusual_line(self, product, quantity, own, everybody, limits):
        usual, is_own = unusual.usual(
            own.get(product.id, unusual.NOTHING),
            everybody.get(product.id, unusual.NOTHING),
            limits.minimum,
        )
        grade = unusual.grade(quantity, usual, limits)
        if not grade:
            return None
        values = {
            "article": product.name,
            "typed": self._b2b_figure(quantity),
            "usual": self._b2b_figure(self._b2b_usual_figure(product, usual)),
            "unit": product.uom_id.name,
            "party": self.b2b_party_id.name,
        }
        if is_own:
            message = self.env._(
                "%(article)s: %(typed)s %(unit)s; %(party)s usually orders %(usual)s.",
                **values,
            )
            told = self.env._(
                "%(article)s: %(typed)s %(unit)s; you usually order %(usual)s.",
                **values,
            )
        else:
            message = told = self.env._(
                "%(article)s: %(typed)s %(unit)s; %(usual)s are usual in one order.",
                **values,
            )
        if grade == unusual.DESK:
            solve = self.env._(
                "Release it, ask the buyer, or correct it to %(usual)s.", **values
            )
        else:
            solve = self.env._("Correct the quantity, or confirm it.")
        key = f"{ARTICLE}{product.id}"
        return self._b2b_unusual_finding(grade, key, message, told, solve)

    def _b2b_usual_figure(self, product, usual):
        """A median may lie between two quantities; pieces are told as whole ones."""
        # Without env.ref(), which looks the record up every time.
        piece = self.env["ir.model.data"]._xmlid_to_res_id(
            "uom.product_uom_unit", raise_if_not_found=False
        )
        root = (product.uom_id.parent_path or "").split("/")[0]
        return math.ceil(usual - unusual.EPSILON) if root == str(piece) else usual

    def _b2b_unusual_total(self, known, limits):
        usual, _own = unusual.usual(known, unusual.NOTHING, limits.minimum)
        rate = self.currency_rate or 1.0
        grade = unusual.grade(self.amount_untaxed / rate, usual, limits)
        if not grade:
            return None
        values = {
            "typed": self._b2b_money(self.amount_untaxed),
            "usual": self._b2b_money(usual * rate),
            "party": self.b2b_party_id.name,
        }
        return self._b2b_unusual_finding(
            grade,
            "total",
            self.env._(
                "The order comes to %(typed)s excl. tax; an order of %(party)s is "
                "usually about %(usual)s.",
                **values,
            ),
            self.env._(
                "The order comes to %(typed)s excl. tax; yours are usually about "
                "%(usual)s.",
                **values,
            ),
            self.env._("Release it, or ask the buyer.")
            if grade == unusual.DESK
            else self.env._("Correct the order, or confirm it."),
        )

    def _b2b_unusual_finding(self, grade, key, message, told, solve):
        """Confirmed by the orderer, or released by the order desk.

        The two have keys of their own: who confirmed has not released.
        """
        if grade == unusual.DESK:
            waits = self.env._("We check it before it goes on.")
            return Finding(
                code=CODE,
                severity=AUTHORIZE,
                side=SELLER,
                message=message,
                buyer_message=f"{told} {waits}",
                solve=solve,
                key=DESK + key,
            )
        return Finding(
            code=CODE,
            severity=WARN,
            side=BUYER,
            message=message,
            buyer_message=told,
            solve=solve,
            key=key,
        )

    def _b2b_figure(self, number):
        """A quantity as the reader writes it, without needless decimals."""
        whole = abs(number - round(number)) < unusual.EPSILON
        return formatLang(self.env, number, digits=0 if whole else 2)

    # -- events ------------------------------------------------------------------

    def _b2b_unusual_events(self, has_ordered, knows_place, lately):
        """The same order again, a first order, a first delivery; asked once."""
        company, found = self.company_id, []
        repeated = unusual.same_as(self.b2b_lines_snapshot or [], lately or [])
        if company.b2b_unusual_repeats and repeated:
            found.append(self._b2b_repeat_finding(repeated))
        if company.b2b_unusual_first and not has_ordered:
            found.append(self._b2b_first_finding())
        elif company.b2b_unusual_places and not knows_place and self._b2b_asks_place():
            found.append(self._b2b_place_finding())
        return found

    def _b2b_is_new(self):
        """Whether it is a cart or quote that nobody has submitted yet."""
        open_states = ("none", "failed")
        return self.state in ("draft", "sent") and self.b2b_submit_state in open_states

    def _b2b_asks_place(self):
        """Whether a new address is asked here; addons may check it otherwise."""
        return bool(self.partner_shipping_id)

    def _b2b_repeat_finding(self, name):
        values = {"order": name, "hours": self.company_id.b2b_unusual_hours}
        return self._b2b_unusual_finding(
            unusual.CONFIRM,
            "repeat",
            self.env._(
                "%(order)s has the same articles and quantities and is less than "
                "%(hours)s hours old.",
                **values,
            ),
            self.env._(
                "%(order)s has the same articles and quantities and is less than "
                "%(hours)s hours old.",
                **values,
            ),
            self.env._("Confirm it if you want the goods a second time."),
        )

    def _b2b_first_finding(self):
        values = {
            "party": self.b2b_party_id.name,
            "place": self.partner_shipping_id.display_name,
        }
        return self._b2b_unusual_finding(
            unusual.CONFIRM,
            "first",
            self.env._("First order of %(party)s, to %(place)s.", **values),
            self.env._(
                "This is the first order of %(party)s. The goods go to %(place)s.",
                **values,
            ),
            self.env._("Check address and quantities, and confirm."),
        )

    def _b2b_place_finding(self):
        place = self.partner_shipping_id
        text = self.env._("First delivery to %s.", place.display_name)
        return self._b2b_unusual_finding(
            unusual.CONFIRM,
            f"place-{place.id}",
            text,
            text,
            self.env._("Check the address, and confirm."),
        )
