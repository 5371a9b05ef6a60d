from odoo import fields, models, tools
from odoo.exceptions import MissingError
from odoo.tools import plaintext2html

from ..rules import gate_words, stale

PO_LENGTH = 64
NOTE_LENGTH = 1000
REASON_LENGTH = 250


class SaleOrder(models.Model):
    """The checkout of a cart: what was typed, what the gate says, submission."""

    _inherit = "sale.order"

    b2b_submit_token = fields.Char(
        "Submission token",
        copy=False,
        readonly=True,
        groups="base.group_system",
        help="Sent by the checkout page: the same page sent twice is one order.",
    )
    b2b_warehouse_note = fields.Text(
        "Note for the warehouse",
        copy=False,
        help="Typed by the buyer at checkout; stands on the delivery.",
    )
    b2b_reason = fields.Char(
        "Reason for the approver",
        copy=False,
        help="What the buyer wrote to whoever decides in his company.",
    )

    _b2b_submit_token_unique = models.UniqueIndex(
        "(b2b_submit_token) WHERE b2b_submit_token IS NOT NULL",
        "This page was already sent; its order is under Orders.",
    )

    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | {"b2b_submit_token"}

    def _action_confirm(self):
        result = super()._action_confirm()
        for order in self.filtered("b2b_warehouse_note"):
            order.picking_ids.note = plaintext2html(order.b2b_warehouse_note)
        return result

    # -- what may be chosen ------------------------------------------------------

    def _b2b_checkout_addresses(self, ctx):
        """Delivery addresses of the party, its default first.

        Without the right to choose there is one: where the cart goes already.
        """
        party = ctx.party
        default = ctx.seat._b2b_delivery_address() or party
        if not ctx.can("choose_address"):
            return self.partner_shipping_id or default
        found = self.env["res.partner"].search(
            self._b2b_checkout_domain(ctx), order="parent_id, name, id"
        )
        found = ctx.seat._b2b_filter_addresses(found)
        # an address for one order is offered to that order only
        found |= self.partner_shipping_id.filtered("b2b_one_order")
        # the company's own address counts only while nothing better is known
        found = found or default
        return (default & found) + (found - default)

    def _b2b_checkout_domain(self, ctx):
        """Partners that may be chosen as delivery address; bridges add."""
        return [
            ("commercial_partner_id", "=", ctx.party.id),
            ("type", "=", "delivery"),
            ("b2b_one_order", "=", False),
        ]

    # -- what was typed ----------------------------------------------------------

    def _b2b_checkout_vals(self, ctx, form):
        """Values to write for a form, and one sentence per field that is wrong.

        Bridges add their own fields. A foreign id is missing, not wrong.

        :param form: names and texts as they came from the browser
        :return: ``(vals, errors)``, errors by the name of the input
        """
        _ = self.env._
        vals, errors = {}, {}
        texts = (
            ("po", "client_order_ref", PO_LENGTH, _("PO number")),
            ("note", "b2b_warehouse_note", NOTE_LENGTH, _("Note")),
            ("reason", "b2b_reason", REASON_LENGTH, _("Reason")),
        )
        for name, field, length, label in texts:
            if name not in form:
                continue
            text = str(form[name] or "").strip()
            if len(text) > length:
                errors[name] = _(
                    "%(field)s has %(count)s signs; shorten it to %(length)s.",
                    field=label,
                    count=len(text),
                    length=length,
                )
            else:
                vals[field] = text or False
        if form.get("address_id"):
            vals["partner_shipping_id"] = self._b2b_checkout_point(ctx, form).id
        return vals, errors

    def _b2b_checkout_address(self, ctx, address_id):
        text = str(address_id)
        wanted = int(text) if text.isdecimal() and len(text) < 11 else 0
        address = self._b2b_checkout_addresses(ctx).filtered(lambda a: a.id == wanted)
        if not address:
            raise MissingError(self.env._("There is no such delivery address."))
        return address

    def _b2b_checkout_place(self):
        """What parts of the page depend on that follow the address; bridges add."""
        self.ensure_one()
        return (self.partner_shipping_id,)

    def _b2b_checkout_write(self, ctx, form):
        """Keep what was typed on the cart, so that it survives a lost session.

        :return: sentences by the name of the input; those values are not kept
        """
        self.ensure_one()
        vals, errors = self._b2b_checkout_vals(ctx, form)
        vals = {name: val for name, val in vals.items() if self._b2b_differs(name, val)}
        if vals:
            # Another address brings other taxes, and other prices where they include
            # tax: the order follows by itself.
            self.write(vals)
        return errors

    def _b2b_differs(self, name, value):
        current = self[name]
        if isinstance(current, models.BaseModel):
            return current.id != (value or False)
        return (current or False) != (value or False)

    # -- what the page shows -----------------------------------------------------

    def _b2b_checkout_rows(self):
        """The sum as it will stand on the invoice: label, amount, per row."""
        self.ensure_one()
        _ = self.env._
        lines = self.order_line.filtered(lambda ln: not ln.display_type)
        delivery = lines.filtered("is_delivery")
        goods = self._b2b_cart_lines()
        extra = lines - delivery - goods
        rows = [(_("Goods"), sum(goods.mapped("price_subtotal")))]
        rows += self._b2b_condition_sums(extra)
        for line in delivery:
            rows.append((line.name.split("\n")[0], line.price_subtotal))
        rows += self._b2b_tax_rows()
        return [{"label": label, "amount": amount} for label, amount in rows]

    def _b2b_tax_rows(self):
        """``[(name of the tax group, amount)]``; mostly there is one group.

        Then the stored sum of the order is its amount, which spares Odoo's whole
        computation of taxes on a page that only shows it.
        """
        self.ensure_one()
        if not self.amount_tax:
            return []
        groups = {each for of in self._b2b_tax_groups().values() for each in of}
        if len(groups) == 1:
            return [(name, self.amount_tax) for _id, name in groups]
        return [
            (group["group_name"], group["tax_amount_currency"])
            for subtotal in (self.tax_totals or {}).get("subtotals", [])
            for group in subtotal["tax_groups"]
        ]

    def _b2b_checkout_state(self, acknowledged=(), refused=None):
        """The gate's answer for this cart, without writing anything.

        :param acknowledged: warnings that the buyer has ticked
        :param refused: findings that a submission was refused with; what else there
            is, such as an approval that comes after them, is said beside them
        :return: dict with findings, cards, answer, button and names of the deciders
        """
        self.ensure_one()
        findings = list(refused or ())
        said = {finding.identity for finding in findings}
        findings += [f for f in self._b2b_findings() if f.identity not in said]
        answer = gate_words.answer(findings, acknowledged)
        names = self._b2b_asked_names(findings)
        rows = self._b2b_finding_rows(findings, acknowledged)
        asked = {f.side for f in findings if f.severity == "authorize"}
        return {
            "findings": rows,
            "sides": asked,
            "cards": self._b2b_finding_cards(rows),
            "answer": answer,
            "deciders": names,
            "button": self._b2b_button_words(answer, names),
        }

    def _b2b_asked_names(self, findings):
        """Who in the buyer's company is asked, each name once."""
        names, users = [], self.env["res.users"]
        for finding in findings:
            if finding.severity != "authorize" or finding.side != "buyer":
                continue
            if finding.deciders:
                names += finding.deciders
            else:
                users |= self._b2b_buyer_deciders(finding)
        return list(dict.fromkeys(names + users.mapped("name")))

    def _b2b_button_words(self, answer, names):
        _ = self.env._
        if answer.kind == gate_words.PLACE:
            return _("Place order %s", self._b2b_money(self.amount_total))
        if answer.kind == gate_words.PAY:
            return _("Send order %s, then pay", self._b2b_money(self.amount_total))
        if answer.kind == gate_words.CHECK:
            return _("Send order %s for a check", self._b2b_money(self.amount_total))
        if not names:
            return _("Send for approval")
        if len(names) > 2:
            return _("Send to %s and others for approval", names[0])
        return _("Send to %s for approval", _(" or ").join(names))

    def _b2b_keep_words(self, state):
        """Until when everything stays as it is, if the order will wait."""
        kind = state["answer"].kind
        if kind == gate_words.PLACE:
            return ""
        # As the gate: kept until the last of those that are asked has to decide.
        sides = state["sides"] or {"seller"}
        until = self._b2b_when(max(map(self._b2b_keep_until_for, sides)))
        names = state["deciders"]
        if len(names) == 1:
            return self.env._(
                "Prices and budget are kept until %(who)s decides, at most until "
                "%(until)s.",
                who=names[0],
                until=until,
            )
        return self.env._(
            "Prices and budget are kept until the decision, at most until %s.", until
        )

    def _b2b_look_again(self):
        """Bring what others can take away to what is there now, when a page opens."""

    def _b2b_checkout_refresh(self):
        """Take today's prices and tax before the page is compared with the cart."""
        self.ensure_one()
        self._b2b_cart_reprice()
        self._b2b_follow_facts()

    # -- stale pages -------------------------------------------------------------

    def _b2b_seen_lines(self):
        return [
            stale.SeenLine(
                line.id,
                line.product_id.id,
                line.product_uom_qty,
                line.price_unit * (1 - (line.discount or 0.0) / 100),
            )
            for line in self.order_line
            if not line.display_type
            and not line.is_delivery
            and not line.b2b_condition_kind
        ]

    def _b2b_seen(self):
        """What a page of this order shows, as a text that the page carries."""
        self.ensure_one()
        text = stale.dump(self._b2b_seen_lines(), self.amount_total)
        return f"{self._b2b_seen_seal(text)}.{text}"

    def _b2b_seen_seal(self, text):
        """Nobody but us writes what a page remembers: it names articles later."""
        return tools.hmac(self.env(su=True), "b2b-seen", f"{self.id}:{text}")

    def _b2b_changes_since(self, seen, with_total=True):
        """Differences between a page and the order as it is now, for the reader.

        :param seen: text made by :meth:`_b2b_seen`
        :return: list of dicts ``text``; None when the text is not ours
        """
        self.ensure_one()
        seal, _dot, text = seen.partition(".") if isinstance(seen, str) else ("",) * 3
        known = seal.isascii() and tools.consteq(seal, self._b2b_seen_seal(text))
        memory = stale.load(text) if known else None
        if memory is None:
            return None
        lines, total = memory
        total_now = self.amount_total if with_total else total
        found = stale.changes(lines, total, self._b2b_seen_lines(), total_now)
        # sudo env: names of articles that stand in the own cart
        products = (
            self.env["product.product"]
            .browse({c.product_id for c in found if c.product_id})
            .exists()
        )
        name = self.env["b2b.portal.rows"]._b2b_name
        names = {product.id: name(product) for product in products}
        return [{"text": self._b2b_change_text(c, names)} for c in found]

    def _b2b_change_text(self, change, names):
        _ = self.env._
        values = {"article": names.get(change.product_id, _("An article"))}
        if change.kind in (stale.PRICE, stale.TOTAL):
            values["before"] = self._b2b_money(change.before)
            values["after"] = self._b2b_money(change.after)
        else:
            values["before"] = f"{change.before:g}"
            values["after"] = f"{change.after:g}"
        if change.kind == stale.ADDED:
            return _("%(article)s was added, %(after)s pieces.", **values)
        if change.kind == stale.REMOVED:
            return _("%(article)s was removed.", **values)
        if change.kind == stale.QUANTITY:
            return _("%(article)s: quantity %(before)s → %(after)s.", **values)
        if change.kind == stale.PRICE:
            return _("%(article)s: price %(before)s → %(after)s.", **values)
        return _("The total changed from %(before)s to %(after)s.", **values)

    # -- submission --------------------------------------------------------------

    def _b2b_checkout_find(self, ctx, token):
        """The order that this page has already become, if any.

        :raise MissingError: when the token belongs to somebody else
        """
        # sudo env: the token is not readable otherwise
        order = self.env["sale.order"].search([("b2b_submit_token", "=", token)])
        if order and order.b2b_orderer_id != ctx.user:
            raise MissingError(self.env._("This page belongs to another login."))
        return order

    def _b2b_checkout_begin(self):
        """First thing of a submission, before anything is written.

        Bridges line up here for what many want at once.
        """

    def _b2b_checkout_submit(self, ctx, token, acknowledged=()):
        """Turn the cart into an order of this seat and hand it to the gate.

        Everything that says who ordered is set here, never taken from the browser.

        :raise GateBlocked: with the findings that stop it
        :return: what ``_b2b_submit`` answers
        """
        self.ensure_one()
        self.write(
            {
                "b2b_submit_token": token,
                "b2b_is_cart": False,
                # the day of prices and rates, however long the cart was open
                "date_order": fields.Datetime.now(),
                "b2b_orderer_id": ctx.user.id,
                "b2b_seat_id": ctx.seat.id,
                "b2b_channel_id": self.env.ref("b2b_party.channel_portal").id,
            }
        )
        result = self._b2b_submit(channel_code="portal", acknowledged=acknowledged)
        self.env.flush_all()
        return result
