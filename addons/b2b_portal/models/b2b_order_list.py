from odoo import api, fields, models
from odoo.exceptions import MissingError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules import cart_input, order_list
from ..tools import group_sign, number


class B2bOrderList(models.Model):
    """Articles that are ordered together again: favourites, assortments, templates."""

    _name = "b2b.order.list"
    _description = "B2B Order List"
    _order = "is_favourites desc, name, id"

    name = fields.Char(required=True, size=order_list.NAME_SIZE)
    active = fields.Boolean(default=True)
    party_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("parent_id", "=", False), ("b2b_customer_type", "=", "trade")],
        help="Company whose people order from this list.",
    )
    company_id = fields.Many2one(related="party_id.company_id", store=True)
    seat_id = fields.Many2one(
        "b2b.seat",
        "Kept by",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('party_id', '=', party_id)]",
        help="Person of the company who keeps the list. Empty: we keep it for them.",
    )
    is_shared = fields.Boolean(
        "Shared",
        compute="_compute_is_shared",
        store=True,
        readonly=False,
        default=True,
        help="Everybody of the company sees the list and orders from it. Without it "
        "only the person who keeps it does.",
    )
    is_favourites = fields.Boolean(
        "Favourites",
        readonly=True,
        copy=False,
        help="What the person marked with a heart in the catalog.",
    )
    line_ids = fields.One2many("b2b.order.list.line", "list_id", "Articles", copy=True)
    kept_by = fields.Char("Keeper", compute="_compute_kept_by")
    article_count = fields.Integer("Number of articles", compute="_compute_count")

    _kept_or_shared = models.Constraint(
        "CHECK(seat_id IS NOT NULL OR is_shared)",
        "A list without a person is shared: everybody of the company orders from it.",
    )
    _favourites_of_one = models.UniqueIndex(
        "(seat_id) WHERE is_favourites",
        "This person has a list of favourites already.",
    )

    @api.depends("line_ids")
    def _compute_count(self):
        counts = dict(
            self.env["b2b.order.list.line"]._read_group(
                [("list_id", "in", self.ids)], ["list_id"], ["__count"]
            )
        )
        for record in self:
            # While a form is edited its rows are not in the database yet.
            known = counts.get(record, 0) if record.id else len(record.line_ids)
            record.article_count = known

    @api.depends("seat_id.user_id.name")
    @api.depends_context("lang")
    def _compute_kept_by(self):
        for record in self:
            record.kept_by = record.seat_id.user_id.name or self.env._("Us")

    @api.depends("seat_id")
    def _compute_is_shared(self):
        for record in self:
            record.is_shared = record.is_shared or not record.seat_id

    @api.constrains("seat_id", "party_id")
    def _check_seat(self):
        for record in self:
            seat = record.seat_id
            if seat and seat.party_id != record.party_id:
                raise ValidationError(
                    self.env._(
                        "%(seat)s orders for %(theirs)s; a list of %(party)s is kept "
                        "by one of its own people, or by us.",
                        seat=seat.user_id.name,
                        theirs=seat.party_id.name,
                        party=record.party_id.name,
                    )
                )

    # -- as a seat sees them -------------------------------------------------------

    @api.model
    def _b2b_domain(self, ctx):
        """Lists that this seat may see: its own and those shared in the company."""
        mine = Domain("seat_id", "=", ctx.seat.id)
        return Domain("party_id", "=", ctx.party.id) & (
            mine | Domain("is_shared", "=", True)
        )

    @api.model
    def _b2b_get(self, ctx, list_id, change=False, archived=False):
        """One list of the seat.

        :param change: refuse one that the seat may only read
        :param archived: find a deleted one as well, to bring it back
        :raise MissingError: for none, and the same for somebody else's
        """
        Lists = self.with_context(active_test=not archived)
        found = Lists.search(self._b2b_domain(ctx) & Domain("id", "=", list_id))
        if not found:
            raise MissingError(self.env._("There is no such list."))
        if change and not found._b2b_may_change(ctx):
            raise UserError(
                self.env._("“%s” is not yours to change; make a copy.", found.name)
            )
        return found

    def _b2b_may_change(self, ctx):
        return ctx.can("place_orders") and order_list.may_change(
            mine=self.seat_id == ctx.seat,
            shared=self.is_shared and bool(self.seat_id),
            administers=ctx.can("manage_seats"),
        )

    # -- changes -------------------------------------------------------------------

    @api.model
    def _b2b_one_after_another(self, record):
        """Let the second of two changes at once start over with what the first left.

        Writing the row makes it fail and be repeated by Odoo; a lock alone would make
        it wait and then not see the rows that came meanwhile.

        :param record: a list, which is changed today then, or a seat
        """
        today = SQL("now() AT TIME ZONE 'UTC'")
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET write_date = %s WHERE id = %s",
                SQL.identifier(record._table),
                today if record._name == self._name else SQL("write_date"),
                record.id,
            )
        )
        record.invalidate_recordset(["write_date"])

    @api.model
    def _b2b_read_name(self, text):
        """A name as typed, or one sentence about what is wrong with it."""
        name, problem = order_list.read_name(text)
        if problem == order_list.NO_NAME:
            raise UserError(
                self.env._("Give the list a name, such as “Spring window”.")
            )
        if problem:
            raise UserError(
                self.env._(
                    "The name of a list has at most %s signs.", order_list.NAME_SIZE
                )
            )
        return name

    @api.model
    def _b2b_new(self, ctx, name):
        """A private list of the seat; its name is free only once.

        :raise UserError: for no name, a used one, or too many lists
        """
        name = self._b2b_read_name(name)
        self._b2b_check_room(ctx, name)
        return self.create(
            {
                "name": name,
                "party_id": ctx.party.id,
                "seat_id": ctx.seat.id,
                "is_shared": False,
            }
        )

    @api.model
    def _b2b_check_room(self, ctx, name):
        """Refuse one list too many, or a name that the seat uses already."""
        self._b2b_one_after_another(ctx.seat)
        kept = self.with_context(active_test=True)
        mine = kept.search([("seat_id", "=", ctx.seat.id)])
        if len(mine) >= order_list.MAX_LISTS:
            raise UserError(
                self.env._("You keep %s lists; delete one first.", len(mine))
            )
        if name.lower() in [each.name.lower() for each in mine]:
            raise UserError(self.env._("You have a list “%s” already.", name))

    def _b2b_rename(self, ctx, name):
        """Give the list another name than those of the keeper that the seat sees."""
        self.ensure_one()
        self._b2b_no_favourites()
        name = self._b2b_read_name(name)
        self._b2b_one_after_another(self)
        kept = Domain("seat_id", "=", self.seat_id.id)
        others = self.search(self._b2b_domain(ctx) & kept) - self
        if name.lower() in [each.name.lower() for each in others]:
            raise UserError(self.env._("There is a list “%s” already.", name))
        self.name = name

    def _b2b_copy(self, ctx, name):
        """A private list of the seat with the same articles."""
        self.ensure_one()
        fresh = self._b2b_new(ctx, name)
        fresh._b2b_put(
            ctx, [(line.product_id.id, line.quantity) for line in self.line_ids]
        )
        return fresh

    def _b2b_restore(self, ctx):
        """Undo of a deletion, where there is room for the list and its name."""
        self.ensure_one()
        if self.seat_id == ctx.seat:
            self._b2b_check_room(ctx, self.name)
        self.active = True

    def _b2b_delete(self):
        """Delete the list so that it can be brought back."""
        self.ensure_one()
        self._b2b_no_favourites()
        self.active = False

    def _b2b_no_favourites(self):
        if self.is_favourites:
            raise UserError(
                self.env._("Favourites stay as they are; take articles off instead.")
            )

    def _b2b_put(self, ctx, rows, replace=False):
        """Put articles on the list, each once.

        :param list rows: ``(product id, quantity)`` as they came from outside; a
            quantity of 0 keeps the article without one
        :return: numbers of articles put on and left out (not in the catalog, no number)
        """
        self.ensure_one()
        self._b2b_one_after_another(self)
        read = [self._b2b_read_row(row) for row in rows]
        ids = [row[0] for row in read if row]
        known = ctx.env["product.product"].browse(dict.fromkeys(ids)).exists()
        allowed = set(ctx.env["b2b.catalog"]._b2b_allows(ctx, known).ids)
        good = [row for row in read if row and row[0] in allowed]
        lines = {line.product_id.id: line for line in self.line_ids}
        kept = {product_id: line.quantity for product_id, line in lines.items()}
        after = order_list.put_together(kept, good, replace=replace)
        if len(after) > order_list.MAX_ARTICLES:
            raise UserError(
                self.env._(
                    "A list holds %(most)s articles; this would be %(count)s.",
                    most=number(self.env, order_list.MAX_ARTICLES),
                    count=number(self.env, len(after)),
                )
            )
        self._b2b_write_quantities(lines, kept, after)
        return len({row[0] for row in good}), len(rows) - len(good)

    def _b2b_read_row(self, row):
        product_id = cart_input.read_id(row[0])
        read = cart_input.read_quantity(
            row[1], zero_ok=True, group=group_sign(self.env)
        )
        return None if read.error or not product_id else (product_id, read.value)

    def _b2b_write_quantities(self, lines, kept, after):
        for product_id, quantity in after.items():
            if product_id in kept and kept[product_id] != quantity:
                lines[product_id].quantity = quantity
        top = max((line.sequence for line in lines.values()), default=0)
        fresh = [product_id for product_id in after if product_id not in kept]
        self.env["b2b.order.list.line"].create(
            [
                {
                    "list_id": self.id,
                    "product_id": product_id,
                    "quantity": after[product_id],
                    "sequence": top + place,
                }
                for place, product_id in enumerate(fresh, start=1)
            ]
        )

    def _b2b_place(self, places):
        """Put articles before others, as Undo of :meth:`_b2b_take_off` wants them.

        :param list places: ``(product id, id of the one it stands before)`` as they
            came from outside
        """
        self.ensure_one()
        lines = {line.product_id.id: line for line in self.line_ids.sorted()}
        wanted = [
            (cart_input.read_id(product_id), cart_input.read_id(follower))
            for product_id, follower in places[: order_list.MAX_ARTICLES]
        ]
        after = order_list.put_at(lines, wanted)
        if after != list(lines):
            for place, product_id in enumerate(after, start=1):
                lines[product_id].sequence = place

    def _b2b_take_off(self, product_ids):
        """Take articles off the list; what is not on it is left alone."""
        self.ensure_one()
        self._b2b_one_after_another(self)
        wanted = {cart_input.read_id(product_id) for product_id in product_ids}
        self.line_ids.filtered(lambda line: line.product_id.id in wanted).unlink()
