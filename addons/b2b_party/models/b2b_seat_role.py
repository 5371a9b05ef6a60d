from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..rules.permissions import LIMITS, RIGHTS, granted


class SeatRole(models.Model):
    """What a seat may do. The fields carry the permission names of the contract."""

    _name = "b2b.seat.role"
    _description = "B2B Seat Role"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True, help="Shown to the customer.")
    sequence = fields.Integer(default=10, help="Order of the roles in lists.")
    active = fields.Boolean(default=True, help="An archived role is given no more.")
    party_id = fields.Many2one(
        "res.partner",
        index=True,
        ondelete="cascade",
        domain="[('b2b_customer_type', '=', 'trade'), ('parent_id', '=', False)]",
        help="Set for a party's own role; empty for the standard roles of everybody.",
    )
    based_on_id = fields.Many2one(
        "b2b.seat.role",
        "Copy of",
        readonly=True,
        ondelete="set null",
        help="The role this one was copied from.",
    )
    is_standard = fields.Boolean(
        "Standard",
        compute="_compute_is_standard",
        help="Standard roles serve every party; a party changes its own copies.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        help="Currency of the two limits.",
    )
    see_prices = fields.Boolean("See prices", help="Without it only articles show.")
    place_orders = fields.Boolean("Order", help="Fill carts and submit orders.")
    order_limit = fields.Monetary(
        "Order up to",
        help="An order above it needs an approver. 0: no limit. Measured as the party "
        "sets it: excluding tax, including delivery, unless stated otherwise.",
    )
    approve = fields.Boolean(help="Decide about orders of colleagues.")
    approve_limit = fields.Monetary(
        "Approve up to", help="Orders above it go to somebody else. 0: no limit."
    )
    request_quotes = fields.Boolean("Ask for quotes", help="Ask for an offer.")
    see_company_orders = fields.Boolean(
        "See all orders of the company", help="Without it only the own orders show."
    )
    see_invoices = fields.Boolean("See invoices", help="Invoices and statement.")
    pay_invoices = fields.Boolean("Pay invoices", help="Pay open invoices online.")
    see_credit = fields.Boolean("See credit", help="Limit, used and overdue.")
    see_stock = fields.Boolean("See stock", help="Stock as the party may see it.")
    pay_on_account = fields.Boolean("Order on account", help="Pay by invoice later.")
    choose_agreement = fields.Boolean("Choose agreement", help="Switch the terms.")
    choose_address = fields.Boolean("Choose address", help="Another known address.")
    add_address = fields.Boolean("Address for one order", help="A new one, used once.")
    manage_addresses = fields.Boolean("Edit addresses", help="Keep the address book.")
    choose_delivery = fields.Boolean("Choose delivery", help="Date and time frame.")
    change_orders = fields.Boolean("Change orders", help="Ask for changes or cancel.")
    returns = fields.Boolean("Ask for returns", help="Announce goods sent back.")
    manage_seats = fields.Boolean("Manage people", help="Invite, suspend, give roles.")
    manage_budgets = fields.Boolean("Manage budgets", help="Keep budgets of the seats.")
    use_points = fields.Boolean("Use points", help="Turn points into a discount.")
    see_subsidiaries = fields.Boolean("See subsidiaries", help="Their orders as well.")
    seat_count = fields.Integer(
        "Seats", compute="_compute_seat_count", help="How many seats have this role."
    )

    @api.depends("party_id")
    def _compute_is_standard(self):
        for role in self:
            role.is_standard = not role.party_id

    @api.depends_context("uid")
    def _compute_seat_count(self):
        counts = dict(
            self.env["b2b.seat"]._read_group(
                [("role_id", "in", self.ids)], ["role_id"], ["__count"]
            )
        )
        for role in self:
            role.seat_count = counts.get(role, 0)

    @api.constrains(*LIMITS)
    def _check_limits(self):
        for role in self:
            for limit in LIMITS:
                if role[limit] < 0:
                    label = self._fields[limit].get_description(self.env)["string"]
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” of role %(role)s is below zero; enter 0 for "
                            "no limit.",
                            field=label,
                            role=role.name,
                        )
                    )

    @api.constrains("party_id")
    def _check_party(self):
        for role in self.filtered("party_id"):
            foreign = role._b2b_seats().party_id - role.party_id
            if foreign:
                raise ValidationError(
                    self.env._(
                        "Role %(role)s is in use in %(party)s and cannot become a role "
                        "of another party.",
                        role=role.name,
                        party=foreign[0].name,
                    )
                )

    @api.constrains("name", "party_id", "active")
    def _check_name(self):
        for role in self.filtered("party_id"):
            others = self.search([("party_id", "=", role.party_id.id)]) - role
            if role.name.casefold() in [other.name.casefold() for other in others]:
                raise ValidationError(
                    self.env._(
                        "%(party)s already has a role called “%(role)s”; choose "
                        "another name.",
                        party=role.party_id.name,
                        role=role.name,
                    )
                )

    def _b2b_seats(self):
        """All seats with these roles, archived and suspended ones included."""
        # sudo: who may change roles may not see the seats of all companies
        seats = self.env["b2b.seat"].sudo().with_context(active_test=False)
        return seats.search([("role_id", "in", self.ids)])

    def _b2b_permissions(self):
        """The permission names that this role grants, as a frozenset."""
        self.ensure_one()
        rights = {name for name in RIGHTS if self[name]}
        return granted(rights, {name: self[name] for name in LIMITS})

    def _b2b_copy_for(self, party, name):
        """A party's own role that starts as a copy of this one.

        :param party: res.partner, a trade party
        :param str name: of the new role
        """
        self.ensure_one()
        values = {"name": name.strip(), "party_id": party.id, "based_on_id": self.id}
        if not any(self[limit] for limit in LIMITS):
            # sudo: a seat may not read what its party is billed in.
            company = party.company_id or self.env.company
            currency = party.sudo().b2b_currency_id or company.sudo().currency_id
            values["currency_id"] = currency.id
        return self.copy(values)

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            self._b2b_check_unused()
        seats = self._b2b_seats() if "manage_seats" in vals else self.env["b2b.seat"]
        with seats.sudo()._b2b_keep_administrators():
            result = super().write(vals)
        # Permissions are cached per user, so a change has to reach every worker.
        self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._b2b_check_unused()

    def _b2b_check_unused(self):
        """Refuse to take away a role that somebody has.

        :raise UserError: with the number of seats, suspended ones included
        """
        for role in self:
            count = len(role._b2b_seats())
            if count:
                seats = (
                    self.env._("1 seat")
                    if count == 1
                    else self.env._("%s seats", count)
                )
                raise UserError(
                    self.env._(
                        "Role %(role)s is in use by %(seats)s; give another role there "
                        "first.",
                        role=role.name,
                        seats=seats,
                    )
                )
