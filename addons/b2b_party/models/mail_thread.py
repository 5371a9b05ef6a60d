from odoo import models


class MailThread(models.AbstractModel):
    """Incoming mail: the seats of one person share an address.

    Odoo takes any contact with the address of the sender. On a document of a trade
    party it has to be the person's contact in that very party.
    """

    _inherit = "mail.thread"

    def _partner_find_from_emails(self, records_emails, *args, **kwargs):
        found = super()._partner_find_from_emails(records_emails, *args, **kwargs)
        for record in records_emails:
            party = record._b2b_mail_party()
            if not party:
                continue
            partners = [partner._b2b_contact_in(party) for partner in found[record.id]]
            found[record.id] = self.env["res.partner"].union(*partners)
        return found

    def _b2b_mail_party(self):
        """The trade party that a document belongs to, empty for other documents."""
        parties = self.env["res.partner"]
        if len(self) != 1 or not self.id:
            return parties
        # sudo: mail is sorted by what a document says, whoever triggers it
        record = self.sudo()
        for name in ("b2b_party_id", "commercial_partner_id", "partner_id"):
            field = self._fields.get(name)
            if field and field.comodel_name == "res.partner" and record[name]:
                party = record[name].commercial_partner_id
                return party if party.b2b_customer_type == "trade" else parties
        return parties


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _b2b_contact_in(self, party):
        """The same person's contact in a party, this contact when there is none."""
        self.ensure_one()
        if self.commercial_partner_id == party or not self.email_normalized:
            return self
        # sudo: portal users read no persons; only a contact of the party comes out
        person = self.env["b2b.person"].sudo()._b2b_find(self.email_normalized)
        seat = person.seat_ids.filtered(lambda s: s.party_id == party)[:1]
        return seat.user_id.partner_id.with_env(self.env) or self
