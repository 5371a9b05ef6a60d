from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules.address import chain_name, first_choice

STAFF = "base.group_user"
PLACES = ("delivery", "invoice", "other")


class ResPartner(models.Model):
    """Addresses of a party, and delivery points below a delivery address.

    A point is a partner of type ``delivery`` whose parent is a delivery address. Odoo
    copies addresses to contacts only, so a point takes its address from its parent
    here and is kept in step, unless it is marked as having an own one.
    """

    _inherit = "res.partner"

    complete_name = fields.Char(recursive=True)
    b2b_default_delivery_id = fields.Many2one(
        "res.partner",
        "Default delivery address",
        ondelete="set null",
        groups=STAFF,
        domain="[('commercial_partner_id', '=', id), ('type', '=', 'delivery')]",
        help="Chosen on a new order.",
    )
    b2b_default_invoice_id = fields.Many2one(
        "res.partner",
        "Default invoice address",
        ondelete="set null",
        groups=STAFF,
        domain="[('commercial_partner_id', '=', id), ('type', '=', 'invoice')]",
        help="Chosen on a new order. Empty: the first invoice address of the company, "
        "else the company itself.",
    )
    b2b_own_address = fields.Boolean(
        "Own address",
        help="A delivery point takes its address from the address above it. Tick this "
        "when it lies elsewhere.",
    )
    b2b_is_point = fields.Boolean(
        "Delivery point",
        compute="_compute_b2b_is_point",
        store=True,
        help="A building, gate or room below a delivery address.",
    )
    b2b_follows_address = fields.Boolean(
        "Address of the place above",
        compute="_compute_b2b_follows_address",
        help="The address is taken from the address above and cannot be changed here.",
    )
    b2b_address_ids = fields.One2many(
        "res.partner",
        "commercial_partner_id",
        "Addresses",
        domain=[("type", "in", PLACES), ("is_company", "=", False)],
        groups=STAFF,
        help="Delivery and invoice addresses of the party with their delivery points.",
    )
    b2b_point_ids = fields.One2many(
        "res.partner",
        "parent_id",
        "Delivery points",
        domain=[("type", "=", "delivery"), ("active", "=", True)],
        groups=STAFF,
        help="Buildings, gates or rooms of this address, each a place to deliver to.",
    )
    b2b_place_name = fields.Char(
        "Place",
        compute="_compute_b2b_place_name",
        help="Name of the address with the addresses above it, without the company.",
    )
    b2b_default_for = fields.Char(
        "Default for",
        compute="_compute_b2b_default_for",
        groups=STAFF,
        help="What new orders of the party choose this address for.",
    )

    # -- names -------------------------------------------------------------------------

    @api.depends("type", "parent_id.type")
    def _compute_b2b_is_point(self):
        for partner in self:
            partner.b2b_is_point = (
                partner.type == "delivery" and partner.parent_id.type == "delivery"
            )

    @api.depends("type", "parent_id.type", "is_company", "b2b_own_address")
    def _compute_b2b_follows_address(self):
        for partner in self:
            partner.b2b_follows_address = bool(partner._b2b_address_source())

    def _b2b_wider_addresses(self):
        """Delivery addresses above this partner, the nearest first."""
        self.ensure_one()
        found = self.browse()
        parent = self.sudo().parent_id
        while parent and parent.parent_id and not parent.is_company:
            if parent.type == "delivery":
                found += parent
            if parent in found[:-1] or parent == self:
                break
            parent = parent.parent_id
        return found

    def _b2b_own_name(self):
        kinds = dict(self._fields["type"]._description_selection(self.env))
        return self.name or (self.type != "contact" and kinds.get(self.type)) or ""

    def _b2b_places(self):
        wider = self._b2b_wider_addresses()
        return [p._b2b_own_name() for p in (self, *wider)][::-1]

    def _get_complete_name(self):
        """With the whole chain: Brightwell & Sons, Leeds campus, Lab 3."""
        name = super()._get_complete_name()
        if self.type == "contact" or self.is_company or not self.parent_id:
            return name
        if not self._b2b_wider_addresses():
            return name
        hidden = self.env.context.get("partner_display_name_hide_company")
        company = self.sudo().commercial_partner_id.name
        return chain_name("" if hidden else company, self._b2b_places())

    @api.depends("parent_id.complete_name")
    def _compute_complete_name(self):
        return super()._compute_complete_name()

    @api.depends("name", "type", "parent_id.complete_name")
    def _compute_b2b_place_name(self):
        for partner in self:
            partner.b2b_place_name = chain_name("", partner._b2b_places())

    @api.depends(
        "commercial_partner_id.b2b_default_delivery_id",
        "commercial_partner_id.b2b_default_invoice_id",
    )
    def _compute_b2b_default_for(self):
        for partner in self:
            company = partner.commercial_partner_id
            uses = []
            if partner and company.b2b_default_delivery_id == partner:
                uses.append(self.env._("deliveries"))
            if partner and company.b2b_default_invoice_id == partner:
                uses.append(self.env._("invoices"))
            partner.b2b_default_for = ", ".join(uses)

    # -- what a new order chooses ------------------------------------------------------

    def address_get(self, adr_pref=None):
        """The chosen defaults of the party instead of the alphabetical first.

        Also asked from contacts and delivery points: goods go to the nearest delivery
        address above, else to the default; invoices go to the default or another
        invoice address of the company, else to the company itself, never to a contact
        who happens to stand below the same address.
        """
        result = super().address_get(adr_pref)
        if len(self) != 1:
            return result
        # sudo: portal users order to the addresses that their party has chosen.
        partner = self.sudo()
        party = partner.commercial_partner_id
        if "delivery" in result:
            found = partner._b2b_delivery_choice(party)
            result["delivery"] = found.id if found else result["delivery"]
        if "invoice" in result:
            found = partner._b2b_invoice_choice(party)
            result["invoice"] = found.id if found else result["invoice"]
        return result

    def _b2b_delivery_choice(self, party):
        default = party.b2b_default_delivery_id
        return first_choice(
            self if self.type == "delivery" else None,
            self._b2b_wider_addresses(),
            default.filtered("active"),
            (),
        )

    def _b2b_invoice_choice(self, party):
        default = party.b2b_default_invoice_id.filtered("active")
        others = ()
        if not default and party.b2b_customer_type == "trade":
            invoices = party.child_ids.filtered(
                lambda c: c.type == "invoice" and not c.is_company
            )
            others = (invoices[:1], party)
        own = self if self.type == "invoice" else None
        return first_choice(own, (), default, others)

    def action_b2b_make_default(self):
        """Choose this address on new orders of its party."""
        self.ensure_one()
        party = self.commercial_partner_id
        party.check_access("write")
        if self.type == "delivery":
            party.b2b_default_delivery_id = self
        elif self.type == "invoice":
            party.b2b_default_invoice_id = self
        return True

    def action_b2b_add_address(self):
        """Open the dialog for a new address of this party."""
        self.ensure_one()
        self.check_access("write")
        kind = self.env.context.get("default_type")
        kind = kind if kind in PLACES else "delivery"
        titles = {
            "delivery": self.env._("New delivery address"),
            "invoice": self.env._("New invoice address"),
            "other": self.env._("New address"),
        }
        return self._b2b_address_dialog(
            titles[kind],
            {
                "default_type": kind,
                "default_parent_id": self.commercial_partner_id.id,
                "default_country_id": self.country_id.id,
                "default_company_id": self.company_id.id,
            },
        )

    def action_b2b_add_point(self):
        """Open the dialog for a new delivery point of this address."""
        self.ensure_one()
        self.check_access("write")
        names = self._address_fields()
        address = self._convert_fields_to_values(names)
        return self._b2b_address_dialog(
            self.env._("New delivery point of %s", self.b2b_place_name),
            {
                "default_type": "delivery",
                "default_parent_id": self.id,
                "default_company_id": self.company_id.id,
                **{f"default_{name}": value for name, value in address.items()},
            },
        )

    @api.model
    def _b2b_address_dialog(self, title, context):
        view = self.env.ref("b2b_party.res_partner_view_form_address")
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "res.partner",
            "views": [(view.id, "form")],
            "target": "new",
            "context": context,
        }

    # -- addresses that follow ---------------------------------------------------------

    def _b2b_address_source(self):
        """The address above from which this one is taken, or an empty partner.

        Delivery points without an own address, and contacts below a delivery address:
        Odoo would carry a contact's change up to the address of the whole place.
        """
        self.ensure_one()
        parent = self.sudo().parent_id
        if parent.type != "delivery" or not parent.parent_id or self.is_company:
            return self.browse()
        follows = self.type == "contact" or (
            self.type == "delivery" and not self.b2b_own_address
        )
        return parent if follows else self.browse()

    def _b2b_take_address(self):
        """Copy the address of the address above to those that follow it."""
        for partner in self:
            source = partner._b2b_address_source()
            if source:
                names = partner._address_fields()
                partner.sudo()._update_address(source._convert_fields_to_values(names))

    def _children_sync(self, values):
        super()._children_sync(values)
        if self.type == "delivery" and values.keys() & set(self._address_fields()):
            # Archived points as well: they may come back.
            below = self.sudo().with_context(active_test=False)
            points = below.search(
                [("parent_id", "=", self.id), ("type", "=", "delivery")]
            )
            for point in points.filtered(lambda p: not p.b2b_own_address):
                point._update_address(values)
                point._children_sync(values)

    def _b2b_check_address_write(self, vals):
        """An address that follows another one is not changed behind its back."""
        names = vals.keys() & set(self._address_fields())
        if not names or self.env.su or {"b2b_own_address", "parent_id"} & vals.keys():
            return
        for partner in self:
            source = partner._b2b_address_source()
            if source and partner._b2b_differs(source, vals, names):
                raise ValidationError(partner._b2b_follows_text(source))

    def _b2b_differs(self, source, vals, names):
        kept = source._convert_fields_to_values(list(names))
        return any((vals[name] or False) != (kept[name] or False) for name in names)

    def _b2b_follows_text(self, source):
        if self.type == "contact":
            return self.env._(
                "%(contact)s has the address of %(place)s; change it there.",
                contact=self.name,
                place=source.display_name,
            )
        return self.env._(
            "%(point)s takes its address from %(place)s; tick “Own address” to give it "
            "another one.",
            point=self._b2b_own_name(),
            place=source.display_name,
        )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._b2b_fill_point(vals)
        return super().create(vals_list)

    @api.model
    def _b2b_fill_point(self, vals):
        """A new delivery point starts with the address and company above it."""
        context = self.env.context
        kind = vals.get("type", context.get("default_type"))
        parent = vals.get("parent_id", context.get("default_parent_id"))
        if kind != "delivery" or not parent or vals.get("b2b_own_address"):
            return
        # sudo: the parent is checked when the point is written.
        source = self.sudo().browse(parent)
        if source.type != "delivery" or not source.parent_id:
            return
        kept = source._convert_fields_to_values(self._address_fields())
        given = {name for name in kept if vals.get(name)}
        if given and self._b2b_differs(source, vals, given):
            point = self.new({"name": vals.get("name"), "type": kind})
            raise ValidationError(point._b2b_follows_text(source))
        vals.update(kept)
        vals.setdefault("company_id", source.company_id.id)

    def write(self, vals):
        self._b2b_check_address_write(vals)
        if vals.get("parent_id"):
            self._b2b_check_move(vals["parent_id"])
        if vals.get("active") is False or "type" in vals:
            self._b2b_check_points_kept(vals)
        result = super().write(vals)
        if vals.keys() & {"parent_id", "type", "b2b_own_address"}:
            for partner in self.filtered(lambda p: p.type == "delivery"):
                if partner._b2b_address_source():
                    partner._b2b_take_address()
                    names = partner._address_fields()
                    values = partner._convert_fields_to_values(names)
                    partner._children_sync(values)
        return result
