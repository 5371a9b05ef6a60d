from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ..rules import methods as rules
from ..rules.transit import compact

#: Prices of other providers are asked from their servers; buyers do not wait for it.
RATED_HERE = ("fixed", "base_on_rule")


class DeliveryCarrier(models.Model):
    """A delivery method of trade: its kind, who may use it, what it demands."""

    _inherit = "delivery.carrier"

    b2b_kind = fields.Selection(
        [
            (rules.CARRIER, "Carrier"),
            (rules.OWN, "Own transport"),
            (rules.PICKUP, "Collected by the customer"),
            (rules.DROPSHIP, "To the customer's end customer"),
        ],
        "Kind",
        default=rules.CARRIER,
        required=True,
        help="Own transport goes to its zones on their days. What is collected is "
        "handed over at a warehouse in its hours, and taxed there. Goods to an end "
        "customer carry a slip without prices, with the customer as sender.",
    )
    b2b_portal = fields.Boolean(
        "Offered to buyers",
        default=True,
        help="Whether buyers may choose it themselves at checkout. Methods whose price "
        "comes from a provider's server are chosen by your team only.",
    )
    b2b_party_ids = fields.Many2many(
        "res.partner",
        "b2b_method_party_rel",
        "carrier_id",
        "partner_id",
        "Parties",
        domain="[('parent_id', '=', False), ('b2b_customer_type', '=', 'trade')]",
        help="For these companies. With nothing named below it is for everybody; else "
        "one of the parties, groups or agreements has to fit.",
    )
    b2b_customer_group_ids = fields.Many2many(
        "b2b.customer.group",
        "b2b_method_customer_group_rel",
        "carrier_id",
        "group_id",
        "Customer groups",
        help="For all customers of these groups.",
    )
    b2b_party_group_ids = fields.Many2many(
        "b2b.party.group",
        "b2b_method_party_group_rel",
        "carrier_id",
        "party_group_id",
        "Party groups",
        help="For all members of these groups on that day.",
    )
    b2b_zone_ids = fields.One2many(
        "b2b.delivery.method.zone",
        "carrier_id",
        "Zones",
        copy=True,
        help="Where it goes to, and on which days. None: everywhere, every day.",
    )
    b2b_warehouse_id = fields.Many2one(
        "stock.warehouse",
        "Collected at",
        check_company=True,
        help="The warehouse where the customer collects; tax is that of a delivery "
        "there.",
    )
    b2b_schedule_id = fields.Many2one(
        "b2b.delivery.schedule",
        "Hours",
        ondelete="restrict",
        help="A schedule whose frames are the hours in which goods are handed over. "
        "Its packing time and cut-off say from when.",
    )
    b2b_conditions_ids = fields.One2many(
        "b2b.delivery.conditions",
        "carrier_id",
        "Conditions",
        help="All versions of the text; orders keep the one that was accepted.",
    )
    b2b_conditions_tick = fields.Boolean(
        "Buyers must accept them",
        default=True,
        help="The order cannot be sent without the tick. Off: the text is shown only.",
    )
    b2b_conditions_id = fields.Many2one(
        "b2b.delivery.conditions",
        "Conditions in force",
        compute="_compute_b2b_conditions_id",
        help="The newest published version.",
    )
    b2b_use_text = fields.Char(
        "Who and where",
        compute="_compute_b2b_use_text",
        help="For whom the method is and where it goes to, in short.",
    )

    @api.depends("b2b_conditions_ids.state", "b2b_conditions_ids.active")
    def _compute_b2b_conditions_id(self):
        # sudo: which text counts is decided for everybody.
        found = self.env["b2b.delivery.conditions"].sudo()._b2b_in_force(self)
        for carrier in self:
            carrier.b2b_conditions_id = found.get(carrier._origin.id, False)

    @api.depends_context("lang")
    @api.depends(
        "b2b_kind",
        "b2b_warehouse_id",
        "b2b_party_ids",
        "b2b_customer_group_ids",
        "b2b_party_group_ids",
        "b2b_zone_ids",
    )
    def _compute_b2b_use_text(self):
        for carrier in self:
            named = carrier._b2b_named()
            words = [f"{label}: {count}" for label, count in named if count]
            zones = len(carrier.b2b_zone_ids)
            where = self.env._("everywhere")
            if carrier.b2b_kind == rules.PICKUP:
                where = carrier.b2b_warehouse_id.name or ""
            elif zones:
                where = self.env._("zones: %s", zones)
            carrier.b2b_use_text = " · ".join(
                [", ".join(words) or self.env._("everybody"), where]
            )

    def _b2b_named(self):
        """For whom a method is: ``[(label, number)]``; addons add theirs."""
        self.ensure_one()
        return [
            (self.env._("parties"), len(self.b2b_party_ids)),
            (self.env._("customer groups"), len(self.b2b_customer_group_ids)),
            (self.env._("party groups"), len(self.b2b_party_group_ids)),
        ]

    @api.constrains("b2b_kind", "b2b_warehouse_id", "b2b_schedule_id")
    def _check_b2b_pickup(self):
        for carrier in self:
            if carrier.b2b_kind != rules.PICKUP:
                continue
            if not carrier.b2b_warehouse_id or not carrier.b2b_schedule_id:
                raise ValidationError(
                    self.env._(
                        "%s is collected by the customer: name the warehouse and the "
                        "schedule with its hours.",
                        carrier.name,
                    )
                )

    # -- kept as plain values --------------------------------------------------------

    def _b2b_kept(self):
        """This method as a plain value, without a query; None for an archived one."""
        return self._b2b_methods().get(self._origin.id) if self else None

    @api.model
    @ormcache()
    def _b2b_methods(self):
        """All methods as plain values by id, kept until one changes."""
        # sudo: kept for everybody; what comes out is a yes or no.
        return {one.id: one._b2b_method() for one in self.sudo().search([])}

    def _b2b_kind_now(self):
        """Its kind, without a query while it is not archived."""
        method = self._b2b_kept()
        # sudo: the kind decides about slot and tax, whoever looks.
        return method.kind if method else self.sudo().b2b_kind

    def _b2b_method(self):
        """This method as a :class:`~..rules.methods.Method`; addons add terms."""
        self.ensure_one()
        return rules.Method(
            id=self.id,
            kind=self.b2b_kind,
            company_id=self.company_id.id or None,
            portal=self.b2b_portal and self.delivery_type in RATED_HERE,
            party_ids=frozenset(self.b2b_party_ids.ids),
            group_ids=frozenset(self.b2b_customer_group_ids.ids),
            party_group_ids=frozenset(self.b2b_party_group_ids.ids),
            plain=self._b2b_is_plain(),
            conditions_id=self.b2b_conditions_id.id or None,
            tick=self.b2b_conditions_tick,
            product_id=self.product_id.id,
            tax_included=any(self.product_id.taxes_id.mapped("price_include")),
            zones=tuple(
                rules.Zone(
                    zone.country_id.id or None,
                    zone.state_id.id or None,
                    compact(zone.zip_prefix),
                    tuple(int(day) for day in zone.weekdays or ""),
                )
                for zone in self.b2b_zone_ids
            ),
        )

    def _b2b_is_plain(self):
        """Whether Odoo's own limits let every order pass."""
        limits = (
            self.country_ids,
            self.state_ids,
            self.zip_prefix_ids,
            self.must_have_tag_ids,
            self.excluded_tag_ids,
        )
        return not any(limits) and not self.max_weight and not self.max_volume

    @api.model_create_multi
    def create(self, vals_list):
        carriers = super().create(vals_list)
        self.env.registry.clear_cache()
        return carriers

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
