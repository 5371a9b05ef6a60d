import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, email_normalize

from ..rules.access_request import WINDOW_MINUTES, too_many
from ..rules.invitation import is_address

LENGTHS = {"company": 100, "name": 80, "email": 120, "vat": 32, "phone": 32}


class AccessRequest(models.Model):
    """Somebody who wants to trade with us, from the public page to the first seat."""

    _name = "b2b.access.request"
    _description = "B2B Access Request"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "company_name"

    name = fields.Char("Person", required=True, help="Who asks, as typed.")
    company_name = fields.Char(
        "Company", required=True, tracking=True, help="For whom, as typed."
    )
    email = fields.Char(
        "E-mail", required=True, tracking=True, help="Where the answer goes."
    )
    vat = fields.Char("VAT number", tracking=True, help="As typed; blanks are ignored.")
    phone = fields.Char(help="As typed.")
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        help="Language of the page that was used; mails are written in it.",
    )
    consent_at = fields.Datetime(
        "Consent", readonly=True, help="When the person agreed that we keep the data."
    )
    state = fields.Selection(
        [("new", "New"), ("accepted", "Accepted"), ("refused", "Refused")],
        required=True,
        default="new",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        help="New requests wait for one of us.",
    )
    company_id = fields.Many2one(
        "res.company",
        "Our company",
        required=True,
        default=lambda self: self.env.company,
        help="The company of ours that was asked.",
    )
    party_id = fields.Many2one(
        "res.partner",
        domain="[('b2b_customer_type', '=', 'trade'), ('parent_id', '=', False)]",
        tracking=True,
        help="Join this party instead of making a new one. Set when accepted.",
    )
    role_id = fields.Many2one(
        "b2b.seat.role",
        compute="_compute_role_id",
        store=True,
        readonly=False,
        domain="['|', ('party_id', '=', False), ('party_id', '=', party_id)]",
        help="What the person may do. The first person of a party administers it; "
        "whoever joins a party that has an administrator starts as a buyer.",
    )
    seat_id = fields.Many2one(
        "b2b.seat",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="What came of it.",
    )
    handled_by_id = fields.Many2one(
        "res.users", "Decided by", readonly=True, copy=False, help="Who decided."
    )
    handled_at = fields.Datetime(
        "Decided on", readonly=True, copy=False, help="When it was decided."
    )
    network = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="Fingerprint of the network address, to refuse floods.",
    )

    _waiting = models.Index("(create_date) WHERE state = 'new'")

    @api.depends("party_id")
    def _compute_role_id(self):
        admin = self.env.ref("b2b_party.role_administrator", False)
        buyer = self.env.ref("b2b_party.role_buyer", False)
        for request in self.filtered(lambda r: r.state == "new"):
            flags = request.party_id._b2b_managing_flags()
            request.role_id = buyer if any(flags.get(request.party_id, [])) else admin

    # -- the public page -----------------------------------------------------------

    @api.model
    def _b2b_request_errors(self, vals):
        """What is wrong with a form: one sentence by the name of the input."""
        _ = self.env._
        text = {name: _clean(vals.get(name)) for name in LENGTHS}
        errors = {}
        if not text["company"]:
            errors["company"] = _("Enter the name of your company.")
        if not text["name"]:
            errors["name"] = _("Enter your name.")
        if not is_address(text["email"]) or not email_normalize(text["email"]):
            errors["email"] = _("Enter your e-mail address, such as name@company.com.")
        for name, length in LENGTHS.items():
            if len(text[name]) > length:
                errors[name] = _("This is too long; shorten it to %s signs.", length)
        if not vals.get("consent"):
            errors["consent"] = _(
                "We need your consent to keep these details; tick the box."
            )
        return errors

    @api.model
    def _b2b_submit_request(self, vals):
        """Keep a request from the public page; called with all rights.

        Says the same whether a company or address is known to us or not. The same
        person asking again while the request waits is one request.

        :param vals: ``company, name, email, consent`` and, if wanted, ``vat, phone,
            lang``; ``website`` is the honeypot that people do not see; ``network``
            the remote address
        :return: the request; empty when a robot filled the honeypot
        :raise UserError: with the first thing that is wrong, or for too many requests
        """
        _ = self.env._
        if _clean(vals.get("website")):
            return self.browse()
        errors = self._b2b_request_errors(vals)
        if errors:
            raise UserError(next(iter(errors.values())))
        email = email_normalize(_clean(vals["email"]))
        network = self._b2b_network_key(vals.get("network"))
        self._b2b_check_rate(network, email)
        waiting = self.search([("email", "=", email), ("state", "=", "new")], limit=1)
        known = dict(self._fields["lang"]._description_selection(self.env))
        values = {
            "company_name": _clean(vals["company"]),
            "name": _clean(vals["name"]),
            "vat": _clean(vals.get("vat")),
            "phone": _clean(vals.get("phone")),
            "lang": vals.get("lang") if vals.get("lang") in known else False,
        }
        if waiting:
            waiting.message_post(
                body=_("Asked again: %s", ", ".join(filter(None, values.values())))
            )
            return waiting
        return self.with_context(mail_create_nosubscribe=True).create(
            {
                **values,
                "email": email,
                "network": network,
                "consent_at": fields.Datetime.now(),
            }
        )

    @api.model
    def _b2b_network_key(self, address):
        """A fingerprint of a network address: enough to count, no personal data."""
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        text = f"{secret}|{address or ''}"
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    @api.model
    def _b2b_check_rate(self, network, email):
        """Refuse floods; counted in the database, so all workers know.

        The lock lets requests of one network pass one after the other: none is
        counted too late. It ends with the transaction.
        """
        self.env.cr.execute(
            SQL(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                f"b2b_access_request|{network}",
            )
        )
        Attempt = self.env["b2b.access.attempt"]
        Attempt.create({"network": network, "email": email})
        since = fields.Datetime.subtract(fields.Datetime.now(), minutes=WINDOW_MINUTES)
        recent = [("create_date", ">=", since)]
        from_network = Attempt.search_count([*recent, ("network", "=", network)])
        asked = [*recent, ("email", "=", email), ("network", "not like", "party|")]
        from_email = Attempt.search_count(asked)
        if too_many(from_network - 1, from_email - 1):
            raise UserError(
                self.env._(
                    "Too many requests came in the last hour; phone us, or try later."
                )
            )


def _clean(value):
    """One line of text as it came from a form."""
    return " ".join(str(value or "").split())
