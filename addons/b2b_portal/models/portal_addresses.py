from odoo import models
from odoo.exceptions import AccessError, MissingError
from odoo.tools.mail import single_email_re

from ..rules import address as address_rules
from .res_partner_book import WHERE

KINDS = ("delivery", "invoice")
FIELDS = ("name", "street", "street2", "zip", "city", "state_id", "country_id")
EXTRA = ("phone", "email")


class B2bPortalAddresses(models.AbstractModel):
    """The address book of a party, as its people see and keep it.

    Takes the context of a page; every writing method checks the right of its seat.
    """

    _name = "b2b.portal.addresses"
    _description = "Address book of the trade portal"

    # -- what is shown -----------------------------------------------------------

    def _b2b_book(self, ctx):
        """``{kind: rows}``: addresses with their delivery points below them."""
        found = ctx.env["res.partner"].search_fetch(
            [
                ("commercial_partner_id", "=", ctx.party.id),
                ("type", "in", KINDS),
                ("is_company", "=", False),
                ("b2b_one_order", "=", False),
            ],
            [*FIELDS, *EXTRA, "type", "parent_id", "b2b_unconfirmed"],
        )
        allowed = ctx.seat._b2b_filter_addresses(found)
        mine = ctx.seat.default_delivery_id
        book = {}
        for kind in KINDS:
            own = found.filtered(lambda p, kind=kind: p.type == kind)
            rows = [(p.id, p.parent_id.id, p.name or p.street or "") for p in own]
            book[kind] = [
                self._b2b_book_row(ctx, own.browse(number), depth, allowed, mine)
                for number, depth in address_rules.tree(rows)
            ]
        return book

    def _b2b_book_row(self, ctx, place, depth, allowed, mine):
        delivery = place.type == "delivery"
        party = ctx.party
        default = (
            party.b2b_default_delivery_id if delivery else party.b2b_default_invoice_id
        )
        usable = delivery and place in allowed
        return {
            "place": place,
            "depth": min(depth, 4),
            "default": place == default,
            "mine": delivery and place == mine,
            "usable": usable,
            "may_mine": usable and ctx.can("choose_address") and place != mine,
            "may_default": ctx.can("manage_addresses") and place != default,
        }

    def _b2b_book_get(self, ctx, address_id, archived=False):
        """One address of the book; foreign and missing ones are the same."""
        partners = ctx.env["res.partner"].with_context(active_test=not archived)
        text = str(address_id)
        wanted = int(text) if text.isdecimal() and len(text) < 11 else 0
        found = partners.search(
            [
                ("id", "=", wanted),
                ("commercial_partner_id", "=", ctx.party.id),
                ("type", "in", KINDS),
                ("is_company", "=", False),
                ("b2b_one_order", "=", False),
            ]
        )
        if not found:
            raise MissingError(self.env._("There is no such address."))
        return found

    def _b2b_form_lists(self, ctx, country_id):
        """Countries, and the states that may have to be chosen."""
        countries = ctx.env["res.country"].search_fetch([], ["name"])
        states = ctx.env["res.country.state"].search_fetch(
            [
                "|",
                ("country_id", "=", country_id),
                ("country_id.state_required", "=", True),
            ],
            ["name", "country_id"],
            order="country_id, name",
        )
        return {"countries": countries, "states": states}

    def _b2b_form_values(self, place):
        """What stands in the inputs of a form for an address."""
        values = {name: place[name] or "" for name in (*FIELDS, *EXTRA)}
        values["state_id"] = place.state_id.id or 0
        values["country_id"] = place.country_id.id or 0
        return values

    # -- what was typed ----------------------------------------------------------

    def _b2b_read_form(self, ctx, form, *, point=False):
        """Values to write, and one sentence per field that is wrong.

        :param form: names and texts as they came from the browser
        :param point: a delivery point has a name and a phone only
        :return: ``(values, errors)``
        """
        names = ("name", *EXTRA) if point else (*FIELDS, *EXTRA)
        values = {
            name: " ".join(str(form.get(name) or "").split())
            for name in names
            if name[-3:] != "_id"
        }
        country = ctx.env["res.country"]
        if not point:
            country = self._b2b_pick(country, form.get("country_id"))
            state = self._b2b_pick(ctx.env["res.country.state"], form.get("state_id"))
            state = state.filtered(lambda s: s.country_id == country)
            values.update(country_id=country.id, state_id=state.id)
        names = address_rules.needed(
            point=point,
            zip_required=country.zip_required,
            state_required=country.state_required,
        )
        errors = self._b2b_form_errors(values, address_rules.empty(values, names))
        return values, errors

    def _b2b_pick(self, records, value):
        text = str(value or "")
        wanted = int(text) if text.isdecimal() and len(text) < 10 else 0
        return records.browse(wanted).exists() if wanted else records

    def _b2b_form_errors(self, values, missing):
        _ = self.env._
        words = {
            "name": _("Give the address a name, such as “Warehouse Leeds”."),
            "street": _("Enter street and number."),
            "zip": _("Enter the postcode; this country needs one."),
            "city": _("Enter the town."),
            "country_id": _("Choose the country."),
            "state_id": _("Choose the state; this country needs one."),
        }
        errors = {name: words[name] for name in missing}
        for name, length in address_rules.too_long(values).items():
            errors[name] = _("This is too long; shorten it to %s signs.", length)
        email = values.get("email")
        if email and "email" not in errors and not single_email_re.match(email):
            errors["email"] = _("“%s” is not an e-mail address.", email)
        return errors

    # -- what is done ------------------------------------------------------------

    def _b2b_check_right(self, ctx, *permissions):
        if not any(ctx.can(name) for name in permissions):
            raise AccessError(self.env._("Your role does not change addresses."))

    def _b2b_add(self, ctx, kind, values, above=None):
        """A new address in the book, or a delivery point below ``above``."""
        self._b2b_check_right(ctx, "manage_addresses")
        if kind not in KINDS or (above and (kind, above.type) != ("delivery",) * 2):
            raise MissingError(self.env._("There is no such address."))
        return self._b2b_create(ctx, kind, values, above, b2b_unconfirmed=not above)

    def _b2b_add_for_order(self, ctx, values):
        """A delivery address for one order; it does not enter the book."""
        self._b2b_check_right(ctx, "add_address")
        return self._b2b_create(
            ctx, "delivery", values, None, b2b_unconfirmed=True, b2b_one_order=True
        )

    def _b2b_create(self, ctx, kind, values, above, **marks):
        values = {
            **values,
            **marks,
            "type": kind,
            "parent_id": (above or ctx.party).id,
            "company_id": ctx.party.company_id.id,
            "lang": ctx.user.lang,
        }
        return ctx.env["res.partner"].create(values)

    def _b2b_change(self, ctx, place, values):
        """Write what differs; another place has to be confirmed again."""
        self._b2b_check_right(ctx, "manage_addresses")
        changed = {
            name: value or False
            for name, value in values.items()
            if (place[name].id if name[-3:] == "_id" else place[name] or "")
            != (value or (False if name[-3:] == "_id" else ""))
        }
        if changed.keys() & WHERE and place.type == "delivery":
            changed["b2b_unconfirmed"] = True
        if changed:
            place.write(changed)
        return place

    def _b2b_archive(self, ctx, place):
        """Take an address out of the book."""
        self._b2b_check_right(ctx, "manage_addresses")
        place._b2b_check_leaves_book()
        orders = ctx.env["sale.order"]
        carts = orders.search(
            [("partner_shipping_id", "=", place.id), ("b2b_is_cart", "=", True)]
        )
        # sudo env: colleagues who had it as their own default get the company's
        seats = ctx.env["b2b.seat"].search([("default_delivery_id", "=", place.id)])
        seats.default_delivery_id = False
        place.action_archive()
        ctx.env.add_to_compute(orders._fields["partner_shipping_id"], carts)
        carts.flush_recordset()

    def _b2b_make_default(self, ctx, place):
        """The company's new orders go, or are invoiced, here."""
        self._b2b_check_right(ctx, "manage_addresses")
        if place.type == "delivery":
            ctx.party.b2b_default_delivery_id = place
        else:
            ctx.party.b2b_default_invoice_id = place

    def _b2b_make_mine(self, ctx, place):
        """New orders of this seat go here, and carts that hold nothing yet."""
        self._b2b_check_right(ctx, "choose_address")
        if place.type != "delivery" or place not in ctx.seat._b2b_filter_addresses(
            place
        ):
            raise MissingError(self.env._("There is no such address."))
        ctx.seat.default_delivery_id = place
        empty = ctx.carts.filtered(lambda cart: not cart.order_line)
        empty.partner_shipping_id = place
