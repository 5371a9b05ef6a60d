import hashlib

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import MissingError, UserError

from ..rules import upload
from ..tools import number

#: A megabyte as people count it.
MEGABYTE = 1_000_000


class SaleOrder(models.Model):
    """Files that a customer attaches at checkout: kept with the cart, then ours."""

    _inherit = "sale.order"

    b2b_file_ids = fields.One2many(
        "b2b.order.file",
        "order_id",
        "Files of the customer",
        readonly=True,
        copy=False,
        help="What the customer attached at checkout.",
    )
    b2b_file_number = fields.Integer(
        "Number of the customer's files",
        readonly=True,
        copy=False,
        help="Orders without files are not asked for them. Every change "
        "writes it: a submission at the same moment starts over and finds them.",
    )

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | {"b2b_file_number"}

    def unlink(self):
        # The database would delete the rows and leave their contents behind.
        files = self.env["b2b.order.file"].sudo().with_context(active_test=False)
        files.search([("order_id", "in", self.ids)]).unlink()
        return super().unlink()

    # -- which files -------------------------------------------------------------

    def _b2b_files(self, ctx):
        """Files of the order that this seat may see, the oldest first.

        A purchase order tells prices: without the right to see them a seat has the
        files that it attached itself.
        """
        self.ensure_one()
        # sudo: seats have no access to files; the page checked the order.
        files = self.env["b2b.order.file"].sudo()
        if self.b2b_file_number:
            files = files.search_fetch([("order_id", "=", self.id)])
        if ctx.can("see_prices") or ctx.can("approve"):
            return files
        return files.filtered(lambda file: file.user_id == ctx.user)

    def _b2b_file_get(self, ctx, file_id, removed=False):
        """One file of this order; a foreign one is missing.

        :param removed: look among those that were removed
        """
        self.ensure_one()
        find = self._b2b_file_removed if removed else self._b2b_file_here
        file = find(ctx, file_id)
        if not file:
            raise MissingError(self.env._("There is no such file."))
        return file

    def _b2b_file_here(self, ctx, file_id):
        return self._b2b_files(ctx).filtered(lambda file: file.id == file_id)

    def _b2b_file_removed(self, ctx, file_id):
        """A file that this person took off the cart and may bring back, or none."""
        files = self.env["b2b.order.file"].with_context(active_test=False)
        return files.search(
            [
                ("id", "=", file_id),
                ("order_id", "=", self.id),
                ("active", "=", False),
                ("user_id", "=", ctx.user.id),
            ]
        )

    def _b2b_file_limits(self):
        """``count`` of files, ``bytes`` of one, and both in words for the page."""
        company = (self.company_id or self.env.company).sudo()
        return {
            "words": self.env._(
                "PDF, pictures, office files, text or drawings; up to %(count)s of "
                "%(size)s MB",
                count=company.b2b_file_count,
                size=company.b2b_file_megabytes,
            ),
            "count": company.b2b_file_count,
            "bytes": company.b2b_file_megabytes * MEGABYTE,
            "megabytes": company.b2b_file_megabytes,
            "accept": ",".join(f".{end}" for end in upload.endings()),
        }

    def _b2b_file_rows(self, ctx):
        """Rows of the list: ``file`` and its size in words."""
        return [
            {"file": file, "size": self._b2b_size(file.size)}
            for file in self._b2b_files(ctx)
        ]

    def _b2b_size(self, size, up=False):
        """``3.2 MB`` in the reader's language; ``up``: rounded up."""
        value, unit = upload.size_words(size, up)
        return f"{number(self.env, value, digits=1)} {unit}"

    # -- attach and remove -------------------------------------------------------

    def _b2b_file_add(self, ctx, name, file):
        """Attach one file to the cart; the same one again is the same file.

        :param name: as the browser sent it
        :param file: readable and seekable, in bytes; read only when it may be kept
        :raise UserError: with the sentence why not
        """
        self.ensure_one()
        name = upload.clean_name(name)
        size = file.seek(0, 2)
        file.seek(0)
        limits = self._b2b_file_limits()
        self._b2b_file_check(name, size, limits)
        verdict = upload.judge(name, file)
        if verdict.refusal:
            raise UserError(self._b2b_file_words(verdict.refusal, name))
        content = file.read()
        digest = hashlib.sha256(content).hexdigest()
        known = self.env["b2b.order.file"].with_context(active_test=False)
        twin = known.search(
            [
                ("order_id", "=", self.id),
                ("name", "=", name),
                ("checksum", "=", digest),
            ],
            limit=1,
        )
        if twin.active:
            return twin
        self._b2b_file_room(limits)
        if twin:
            twin.active = True
        else:
            values = {
                "order_id": self.id,
                "name": name,
                "size": size,
                "checksum": digest,
                "user_id": ctx.user.id,
            }
            twin = known._b2b_keep(values, content, verdict.mimetype)
        self._b2b_files_changed()
        return twin

    def _b2b_file_remove(self, ctx, file_id):
        """Take a file off; it can be brought back for a day."""
        file = self._b2b_file_get(ctx, file_id)
        file.active = False
        self._b2b_files_changed()
        file._b2b_purge_removed(self)
        return file

    def _b2b_file_restore(self, ctx, file_id):
        file = self._b2b_file_get(ctx, file_id, removed=True)
        self._b2b_file_room(self._b2b_file_limits())
        file.active = True
        self._b2b_files_changed()
        return file

    def _b2b_files_changed(self):
        files = self.env["b2b.order.file"]
        self.b2b_file_number = files.search_count([("order_id", "=", self.id)])
        self.invalidate_recordset(["b2b_file_ids"])

    def _b2b_file_check(self, name, size, limits):
        _ = self.env._
        if not limits["count"]:
            raise UserError(_("Files are not taken here; send them by mail."))
        if size > limits["bytes"]:
            raise UserError(
                _(
                    "“%(name)s” has %(size)s; a file may have %(limit)s MB.",
                    name=name,
                    size=self._b2b_size(size, up=True),
                    limit=limits["megabytes"],
                )
            )

    def _b2b_file_room(self, limits):
        _ = self.env._
        files, most = self.env["b2b.order.file"], limits["count"]
        if files.search_count([("order_id", "=", self.id)]) < most:
            return
        if most == 1:
            raise UserError(_("An order takes one file; remove it first."))
        raise UserError(_("An order takes %s files; remove one first.", most))

    def _b2b_file_words(self, code, name):
        _ = self.env._
        words = {
            upload.EMPTY: lambda: _("“%s” is empty.", name),
            upload.TYPE: lambda: _(
                "“%s” is not taken. PDF, pictures, office files, text or drawings are.",
                name,
            ),
            upload.MACRO: lambda: _(
                "“%s” holds macros. Save it without them, or as PDF.", name
            ),
            upload.PIXELS: lambda: _(
                "“%(name)s” has more than %(most)s megapixels. Save it smaller, or as "
                "PDF.",
                name=name,
                most=upload.MOST_MEGAPIXELS,
            ),
            upload.MISMATCH: lambda: _(
                "“%s” is not what its name says. Save it again, or as PDF.", name
            ),
        }
        return words[code]()

    # -- handing over ------------------------------------------------------------

    def _b2b_begin_submission(self):
        result = super()._b2b_begin_submission()
        if self.b2b_file_number:
            self._b2b_files_hand_over()
        return result

    def _b2b_files_hand_over(self):
        """Put new files into a message of the order, once, for our people."""
        # The customer's own login may not post here: checked when he attached them.
        order = self.with_user(SUPERUSER_ID)
        files = order.b2b_file_ids.filtered(lambda file: not file.handed_over)
        if not files:
            return
        order.message_post(
            body=self.env._("Attached by the customer"),
            author_id=files[-1:].user_id.partner_id.id,
            attachment_ids=files.attachment_id.ids,
            subtype_xmlid="mail.mt_note",
        )
        files.handed_over = True
