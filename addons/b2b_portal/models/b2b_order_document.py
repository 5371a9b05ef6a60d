import base64
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: Who makes a paper for so long has died on the way.
PATIENCE = timedelta(minutes=2)
#: Papers are made anew when somebody asks again.
KEPT_DAYS = 90


class OrderDocument(models.Model):
    """A paper of an order as PDF, made once for each state of the order.

    Making one takes seconds in another program. It happens in no transaction of an
    order: the making is written down and committed first, so that whoever comes
    meanwhile sees it and waits; then comes the program; then the result is stored.
    The content is bound to this record, which no customer reads by himself: a role
    without prices reads orders.
    """

    _name = "b2b.order.document"
    _description = "B2B Document of an Order"
    _order = "id desc"

    order_id = fields.Many2one(
        "sale.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The order on the paper.",
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    party_id = fields.Many2one(
        related="order_id.b2b_party_id", store=True, index=True, help="Who ordered."
    )
    name = fields.Char(readonly=True, help="What it is, with the order's number.")
    version = fields.Char(
        required=True,
        readonly=True,
        help="Of everything that the paper shows: it changes with the order.",
    )
    state = fields.Selection(
        [("making", "Being made"), ("ready", "Ready"), ("failed", "Not made")],
        required=True,
        readonly=True,
        help="Not made: the program that prints is missing, or failed.",
    )
    started_at = fields.Datetime(
        "Started", readonly=True, help="When somebody began to make it."
    )
    file = fields.Binary("PDF", attachment=True, readonly=True, help="The paper.")

    _version_unique = models.UniqueIndex(
        "(order_id, version)", "This paper exists already."
    )

    @api.model
    def _b2b_look(self, order, version):
        """``(state, content)`` of a version as it is at this moment.

        In a session of its own: this request's picture of the database is as old as
        its first question, and others make papers meanwhile.

        :return: state ``none``, ``making``, ``ready`` or ``failed``; content in bytes
        """
        with self.env.registry.cursor() as cr:
            here = self.with_env(self.env(cr=cr))
            row = here.search(
                [("order_id", "=", order.id), ("version", "=", version)], limit=1
            )
            if not row:
                return "none", None
            # as bytes, which outlive the session
            content = base64.b64decode(row.file) if row.file else None
            if row.state == "ready":
                return ("ready", content) if content else ("none", None)
            late = fields.Datetime.now() - PATIENCE
            if row.state == "making" and row.started_at < late:
                return "none", None
            return row.state, None

    @api.model
    def _b2b_make(self, order, version, html):
        """Make a version, unless somebody else is making it now.

        :return: ``(state, content)``: ``making`` when another one does it
        """
        name = f"{order._b2b_document_order()._b2b_document_title()} {order.name}"
        if not self._b2b_claim(order, version, name):
            return self._b2b_look(order, version)
        content = None
        try:
            content = order._b2b_print(html)
        except UserError:
            return "failed", None  # the reason is in the log; the page says what to do
        finally:
            # Whatever happened: nobody is left waiting.
            self._b2b_settle(order, version, content)
        return "ready", content

    @api.model
    def _b2b_claim(self, order, version, name):
        """Write down who makes it; true for exactly one of many at once."""
        now = fields.Datetime.now()
        query = SQL(
            """
            INSERT INTO b2b_order_document AS paper
                   (order_id, company_id, party_id, version, name, state, started_at,
                    create_uid, create_date, write_uid, write_date)
            VALUES (%(order)s, %(company)s, %(party)s, %(version)s, %(name)s, 'making',
                    %(now)s, %(uid)s, %(now)s, %(uid)s, %(now)s)
            ON CONFLICT (order_id, version) DO UPDATE
               SET state = 'making', started_at = %(now)s, write_date = %(now)s
             WHERE paper.state = 'failed'
                OR (paper.state = 'making' AND paper.started_at < %(late)s)
                OR (paper.state = 'ready' AND NOT EXISTS (
                        SELECT FROM ir_attachment
                         WHERE res_model = 'b2b.order.document'
                           AND res_field = 'file' AND res_id = paper.id))
            RETURNING id
            """,
            order=order.id,
            company=order.company_id.id,
            party=order.b2b_party_id.id or None,
            version=version,
            name=name,
            now=now,
            late=now - PATIENCE,
            uid=self.env.uid,
        )
        try:
            with self.env.registry.cursor() as cr:
                cr.execute(query, log_exceptions=False)
                return bool(cr.fetchall())
        except psycopg2.errors.SerializationFailure:
            return False  # somebody else was a moment quicker

    @api.model
    def _b2b_settle(self, order, version, content):
        with self.env.registry.cursor() as cr:
            row = self.with_env(self.env(cr=cr)).search(
                [("order_id", "=", order.id), ("version", "=", version)], limit=1
            )
            row.write(
                {
                    "state": "ready" if content else "failed",
                    "file": base64.b64encode(content) if content else False,
                }
            )

    @api.autovacuum
    def _gc_old_papers(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("write_date", "<", limit)]).unlink()
