from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..rules.access_request import looks_like, name_key, vat_key

KEEP_REFUSED_DAYS = 180
DECISION = frozenset({"state", "seat_id", "handled_by_id", "handled_at", "network"})
DECIDERS = ("b2b_party.group_rep", "b2b_party.group_sales_manager")


class AccessRequest(models.Model):
    """What our people see of a request and what they make of it."""

    _inherit = "b2b.access.request"

    duplicate_count = fields.Integer(
        "Known",
        compute="_compute_duplicate_count",
        store=True,
        help="How many parties looked like this one when the request came.",
    )
    duplicate_note = fields.Html(
        "Looks like",
        compute="_compute_duplicate_note",
        sanitize=False,
        help="Parties and people with the same e-mail, VAT number or a similar name.",
    )

    # -- duplicates ----------------------------------------------------------------

    @api.depends("email", "vat", "company_name")
    def _compute_duplicate_count(self):
        for request in self:
            request.duplicate_count = len(request._b2b_duplicates())

    @api.depends("email", "vat", "company_name", "party_id")
    def _compute_duplicate_note(self):
        for request in self:
            rows = [
                Markup("<li><a href='/odoo/res.partner/{}'>{}</a>: {}</li>").format(
                    partner.id, partner.display_name, ", ".join(reasons)
                )
                for partner, reasons in request._b2b_duplicates().items()
            ]
            staff = request._b2b_is_staff_address()
            if staff:
                text = self.env._("This is the address of one of our own people.")
                rows.append(Markup("<li>{}</li>").format(text))
            request.duplicate_note = rows and Markup("<ul>{}</ul>").format(
                Markup().join(rows)
            )

    def _b2b_duplicates(self):
        """Parties that may be meant, with the reasons.

        :return: dict of commercial partner to list of words
        """
        self.ensure_one()
        _ = self.env._
        # sudo: whoever handles requests must learn of parties of other reps
        partners = self.env["res.partner"].sudo()
        found = {}
        made = self.party_id if self.state == "accepted" else partners

        def note(matches, reason):
            for partner in matches.commercial_partner_id - made:
                if reason not in found.setdefault(partner, []):
                    found[partner].append(reason)

        if self.email:
            same = [("email_normalized", "=", self.email)]
            note(partners.search(same, limit=20), _("same e-mail"))
        number = vat_key(self.vat)
        if number:
            same = [("vat", "in", list({number, self.vat}))]
            note(partners.search(same, limit=20), _("same VAT number"))
        words = name_key(self.company_name or "").split()
        if words:
            longest = max(words, key=len)
            near = partners.search(
                [("parent_id", "=", False), ("name", "ilike", longest)], limit=200
            )
            note(
                near.filtered(lambda p: looks_like(p.name or "", self.company_name)),
                _("similar name"),
            )
        return found

    def _b2b_is_staff_address(self):
        users = (
            self.env["b2b.seat"]
            .sudo()
            ._b2b_accounts(self.email or "", self.env["b2b.person"].sudo())
        )
        return any(not user.share for user in users)

    # -- decisions -----------------------------------------------------------------

    def write(self, vals):
        if not self.env.su:
            # A decision has its buttons; import and RPC obey them as well.
            if vals.keys() & DECISION:
                raise AccessError(
                    self.env._("A request is decided with its buttons, not written.")
                )
            if vals.get("party_id"):
                self.env["res.partner"].browse(vals["party_id"]).check_access("read")
        return super().write(vals)

    def action_accept(self):
        """Make party, contact and seat, and mail the invitation, in one click."""
        self._b2b_check_decider()
        for request in self:
            request._b2b_lock()
            if request.state != "accepted":
                request._b2b_accept_request()
        return self[:1]._b2b_open_party() if len(self) == 1 else True

    def _b2b_accept_request(self):
        # sudo: making a portal user needs rights that sales staff do not have; the
        # right to decide was checked, and party, role and group are fixed here.
        request = self.sudo().with_context(lang=self.lang or self.env.lang)
        if not request.role_id:
            raise UserError(self.env._("Choose the role of the first seat."))
        party = request.party_id or request._b2b_make_party()
        if party.b2b_state == "pending":
            party.b2b_state = "active"
        seat = request.env["b2b.seat"]._b2b_invite(
            party, request.name, request.email, request.role_id
        )
        if request.lang:
            seat.user_id.partner_id.lang = request.lang
        request._b2b_decided("accepted", party_id=party.id, seat_id=seat.id)

    def _b2b_make_party(self):
        """The new trade party; whoever accepts looks after it when no rule says who."""
        party = self.env["res.partner"].create(
            {
                "name": self.company_name,
                "is_company": True,
                "b2b_customer_type": "trade",
                "b2b_state": "active",
                "vat": self.vat or False,
                # with a country the number is checked
                "country_id": self._b2b_country().id,
                "phone": self.phone or False,
                "lang": self.lang or self.env.lang,
            }
        )
        nobody = not party.user_id and not party.b2b_rep_ids
        if nobody and self.env.user.has_group("b2b_party.group_rep"):
            party.b2b_rep_ids = self.env.user
        return party

    def _b2b_country(self):
        """The country that a VAT number begins with."""
        prefix = vat_key(self.vat)[:2]
        code = {"EL": "GR", "XI": "GB"}.get(prefix, prefix)
        return self.env["res.country"].search([("code", "=", code)], limit=1)

    def action_refuse(self):
        """Refuse without a word."""
        return self._b2b_refuse(mail=False)

    def action_refuse_with_mail(self):
        """Refuse and say so, politely."""
        return self._b2b_refuse(mail=True)

    def _b2b_refuse(self, mail):
        self._b2b_check_decider()
        for request in self:
            request._b2b_lock()
            if request.state == "accepted":
                raise UserError(
                    self.env._(
                        "%s was accepted already; suspend the seat instead.",
                        request.company_name,
                    )
                )
            if request.state == "refused":
                continue
            request.sudo()._b2b_decided("refused")
            if mail:
                template = self.env.ref("b2b_party.mail_template_access_refused")
                template.sudo().send_mail(
                    request.id, email_layout_xmlid="b2b_party.mail_layout"
                )
        return True

    def action_reopen(self):
        """Take a refusal back."""
        self._b2b_check_decider()
        self.filtered(lambda r: r.state == "refused").sudo().write(
            {"state": "new", "handled_by_id": False, "handled_at": False}
        )
        return True

    def _b2b_decided(self, state, **values):
        self.write(
            {
                "state": state,
                "handled_by_id": self.env.uid,
                "handled_at": fields.Datetime.now(),
                **values,
            }
        )

    def _b2b_check_decider(self):
        self.check_access("write")
        if not any(self.env.user.has_group(group) for group in DECIDERS):
            raise AccessError(
                self.env._("Only sales reps and managers decide about requests.")
            )

    def _b2b_lock(self):
        """Two people who press the button together make one party, not two."""
        self.ensure_one()
        self.lock_for_update()
        self.invalidate_recordset(["state"])

    def _b2b_open_party(self):
        if not self.party_id.has_access("read"):
            return self._b2b_gone_to_colleague()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.party_id.id,
            "views": [(False, "form")],
        }

    def _b2b_gone_to_colleague(self):
        """A rule gave the party to a colleague of a rep with own parties only.

        The rep does not see the request any more either: back to the list with a word.
        """
        requests = self.env["ir.actions.act_window"]._for_xml_id(
            "b2b_party.b2b_access_request_action"
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Accepted and invited. A rule gave the party to a colleague, so "
                    "it is not among your own parties."
                ),
                "next": {**requests, "target": "main"},
            },
        }

    @api.autovacuum
    def _gc_refused(self):
        """Personal data of people we do not trade with is not kept for ever."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=KEEP_REFUSED_DAYS)
        self.search(
            [("state", "=", "refused"), ("handled_at", "<", limit)], limit=1000
        ).unlink()
