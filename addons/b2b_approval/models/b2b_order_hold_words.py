from odoo import api, fields, models

#: What is written for people of the customer, in the language of who ordered.
TOLD = ("message", "buyer_message", "solve")


class OrderHold(models.Model):
    """Reasons in the languages of the people who read them.

    A reason is a sentence with the figures of its moment. It is written in the other
    languages of the customer's people when the hold opens, since later the figures
    are others.
    """

    _inherit = "b2b.order.hold"

    words = fields.Json(
        readonly=True,
        help="The reason in other languages: per language the sentence that was "
        "translated and its translation.",
    )

    @api.model
    def _b2b_open(self, order, findings):
        """Open the holds, and keep their reasons in the readers' languages."""
        holds = super()._b2b_open(order, findings)
        holds._b2b_keep_words(order)
        return holds

    def _b2b_keep_words(self, order):
        """Write the reasons in the other languages of the party's people."""
        kept = {hold: {} for hold in self}
        for code in self._b2b_reader_languages(order):
            reader = order.with_context(lang=code)
            found = {each.identity: each for each in reader._b2b_findings()}
            for hold in self:
                finding = found.get((hold.code, hold.key or ""))
                if finding:
                    kept[hold][code] = hold._b2b_word_pairs(finding)
        for hold, words in kept.items():
            if words:
                hold.words = words

    def _b2b_word_pairs(self, finding):
        """``{field: [sentence as stored, in the other language]}``."""
        told = {
            "message": finding.message,
            "buyer_message": finding.text_for_buyer,
            "solve": finding.solve,
        }
        return {name: [self[name] or "", told[name] or ""] for name in TOLD}

    @api.model
    def _b2b_reader_languages(self, order):
        """Languages of the party's people other than the one written now."""
        # sudo: colleagues' languages only; whoever orders may not read their users.
        seats = self.env["b2b.seat"].sudo()
        people = seats.search([("party_id", "=", order.b2b_party_id.id)]).user_id
        wanted = set(people.mapped("lang")) - {self.env.lang or "en_US", False}
        return sorted(wanted & {code for code, _name in self._b2b_installed()})

    @api.model
    def _b2b_installed(self):
        return self.env["res.lang"].get_installed()

    def _b2b_told(self, name):
        """A stored sentence in the language of who reads; else as it was written.

        :param name: ``message``, ``buyer_message`` or ``solve``
        """
        self.ensure_one()
        words = (self.words or {}).get(self.env.lang or "en_US") or {}
        before, told = words.get(name) or ("", "")
        # A sentence that was written anew since then is not what was translated.
        return told if told and before == (self[name] or "") else self[name]
