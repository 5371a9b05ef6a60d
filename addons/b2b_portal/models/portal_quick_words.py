from odoo import api, models

from ..rules import article_code, cart_input, quick_rows
from ..tools import number

#: Signs of a code that are quoted in a sentence.
QUOTED = 40
#: Other rows, and other quantities, that a sentence names.
NAMED = 5


class B2bPortalQuickWords(models.AbstractModel):
    """Sentences about the rows of a quick order."""

    _name = "b2b.portal.quick.words"
    _description = "Words of quick orders"

    @api.model
    def _b2b_article(self, ctx, fact):
        """What the page shows of an article; nothing a buyer may not know."""
        return {
            "id": fact["id"],
            "name": fact["name"],
            "code": fact["code"],
            "own_code": fact["own_code"],
            "image": fact["image"],
            "tint": fact["tint"],
            "price": fact["price"] or None,
            "pack": self._b2b_pack(fact),
            "step": fact["step"],
            "in_cart": fact["in_cart"],
        }

    @api.model
    def _b2b_pack(self, fact):
        if fact["step"] == 1:
            return ""
        return self.env._("packs of %s", number(self.env, fact["step"]))

    @api.model
    def _b2b_texts(self, source, row, match, known, facts):
        """``text`` (what is wrong), ``tags`` (what was changed), ``preset``."""
        product = known.get(row.product_id)
        return {
            "text": self._b2b_problem(source, row, match, product, facts),
            "tags": [self._b2b_tag(tag, row, product) for tag in row.corrections],
            "preset": self._b2b_preset(row),
        }

    @api.model
    def _b2b_preset(self, row):
        """The quantity offered in the field; none where nothing sensible was read."""
        return row.quantity if row.quantity > 0 else None

    @api.model
    def _b2b_problem(self, source, row, match, product, facts):
        _ = self.env._
        code = source["code"].strip()[:QUOTED]
        texts = {
            "": lambda: "",
            quick_rows.EMPTY_CODE: lambda: _("This row has no code."),
            quick_rows.UNKNOWN: lambda: _("There is no article %s.", code),
            quick_rows.SEVERAL: lambda: self._b2b_several(code, match, facts),
            quick_rows.QUANTITY: lambda: self._b2b_quantity(
                source["qty"], row, product
            ),
            quick_rows.ASK: lambda: product._b2b_ask_text(row.note),
            quick_rows.REVIEW: lambda: _("You took the correction back."),
            quick_rows.DOUBLE: lambda: self._b2b_double(row, product),
        }
        return texts[row.problem]()

    @api.model
    def _b2b_double(self, row, product):
        """Where the article stands as well, and with how many each."""
        _ = self.env._
        code = product.default_code or product.name
        if len(row.doubles) == 1:
            ((quantity, rows),) = row.doubles
            return _(
                "%(code)s stands with %(quantity)s in row %(rows)s as well.",
                code=code,
                quantity=number(self.env, quantity),
                rows=self._b2b_row_numbers(rows),
            )
        others = [
            _(
                "%(quantity)s in row %(rows)s",
                quantity=number(self.env, quantity),
                rows=self._b2b_row_numbers(rows),
            )
            for quantity, rows in row.doubles[:NAMED]
        ]
        if len(row.doubles) > NAMED:
            others.append("…")
        return _(
            "%(code)s stands in other rows as well: %(others)s.",
            code=code,
            others="; ".join(others),
        )

    @api.model
    def _b2b_row_numbers(self, rows):
        return ", ".join(map(str, rows[:NAMED])) + (" …" if len(rows) > NAMED else "")

    @api.model
    def _b2b_several(self, code, match, facts):
        """Two articles fit, or one that only looks the same."""
        _ = self.env._
        if not match.is_sure:
            return _("Several articles fit %s; choose one.", code)
        fact = facts.get(match.product_ids[0]) or {}
        for meant in (fact.get("code"), fact.get("own_code"), fact.get("barcode")):
            slip = meant and article_code.slip(code, meant)
            if slip:
                return self._b2b_slip(code, *slip)
        return _("There is no article %s; one looks the same.", code)

    @api.model
    def _b2b_slip(self, code, sign, place, length):
        _ = self.env._
        if place == length - 1:
            where = _("the last sign")
        elif place == 0:
            where = _("the first sign")
        else:
            where = _("sign %s", place + 1)
        kind = article_code.alphabet(sign)
        what = {
            "Cyrillic": lambda: _("Cyrillic"),
            "Greek": lambda: _("Greek"),
            "letter": lambda: _("the letter %s", sign),
            "digit": lambda: _("the digit %s", sign),
        }[kind]()
        return _(
            "There is no article %(code)s: %(where)s is %(what)s.",
            code=code,
            where=where,
            what=what,
        )

    @api.model
    def _b2b_quantity(self, text, row, product):
        _ = self.env._
        typed = (text or "").strip()
        if not typed:
            return _("This row has no quantity.")
        if row.detail == cart_input.NOT_A_NUMBER and typed[0] in "=+@":
            return _("Quantity is a formula, not a number.")
        if row.detail == cart_input.ZERO:
            return _("Quantity is 0.")
        return self.env["sale.order"]._b2b_row_error(row.detail, typed, product)

    @api.model
    def _b2b_tag(self, tag, row, product):
        """What was changed without asking, in a few words."""
        _ = self.env._
        texts = {
            article_code.CASE: lambda: _("letter case"),
            article_code.BLANKS: lambda: _("blanks"),
            article_code.BARCODE: lambda: _("barcode"),
            quick_rows.NO_QUANTITY: lambda: _("no quantity: the smallest one"),
            quick_rows.PACKS: lambda: product._b2b_note_text(row.note),
        }
        return texts[tag]()
