from odoo import api, models
from odoo.exceptions import AccessError

from odoo.addons.mail.tools.discuss import Store

# What says who wrote; shown and read by groups as well.
WHO = ("author_id", "email_from")


class MailMessage(models.Model):
    """Who looks after own parties reads what was written about them, not the names of
    people of other parties who wrote it or got it."""

    _inherit = "mail.message"

    def _b2b_hidden_partners(self, user):
        """Ids of the people named by these messages whom a user may not see.

        :param user: who reads; empty for everybody who is not narrowed
        """
        if not self or not user._b2b_is_narrowed():
            return set()
        # sudo: compared only, and named to nobody.
        named = self.sudo().author_id | self.sudo().partner_ids
        named |= self.sudo().notification_ids.res_partner_id
        seen = named.with_user(user).sudo(False)._filtered_access("read")
        return set(named.ids) - set(seen.ids)

    def _b2b_somebody(self):
        return self.env._("Somebody of another party")

    # -- in the chatter --------------------------------------------------------

    def _to_store_defaults(self, target):
        found = super()._to_store_defaults(target)
        user = target.get_user(self.env) or self.env.user
        hidden = self._b2b_hidden_partners(user)
        if not hidden:
            return found
        for place, item in enumerate(found):
            name = getattr(item, "field_name", item)
            if name == "author_id":
                item.predicate = lambda m: m.sudo().author_id.id not in hidden
            elif name == "email_from":
                found[place] = self._b2b_store_sender(hidden)
            elif name == "partner_ids":
                item.value = lambda m: m.sudo().partner_ids.filtered(
                    lambda partner: partner.id not in hidden
                )
            elif name == "notification_ids":
                item.value = lambda m, value=item.value: value(m).filtered(
                    lambda note: note.res_partner_id.id not in hidden
                )
        return found

    def _b2b_store_sender(self, hidden):
        """The sender's address as the chatter gets it, without a hidden one."""
        somebody = self._b2b_somebody()

        def sender(message):
            message = message.sudo()
            return somebody if message.author_id.id in hidden else message.email_from

        return Store.Attr("email_from", value=sender)

    # -- asked for by its fields -----------------------------------------------

    def read(self, fields=None, load="_classic_read"):
        rows = super().read(fields, load)
        if self.env.su or (fields and not set(fields) & set(WHO)):
            return rows
        hidden = self._b2b_hidden_partners(self.env.user)
        if not hidden:
            return rows
        authors = {message.id: message.author_id.id for message in self.sudo()}
        for row in rows:
            if authors[row["id"]] in hidden:
                told = {"author_id": False, "email_from": self._b2b_somebody()}
                row.update({name: told[name] for name in WHO if name in row})
        return rows

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), *args, **kwargs):
        asked = {spec.partition(":")[0].partition(".")[0] for spec in groupby}
        if asked & set(WHO) and not self.env.su and self.env.user._b2b_is_narrowed():
            raise AccessError(
                self.env._(
                    "Messages are not grouped by who wrote them; you look after your "
                    "own parties only."
                )
            )
        return super()._read_group(domain, groupby, aggregates, *args, **kwargs)
