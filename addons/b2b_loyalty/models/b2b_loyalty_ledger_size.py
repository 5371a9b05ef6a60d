from odoo import api, models
from odoo.exceptions import UserError

from ..rules import points as rules


class LoyaltyAccount(models.Model):
    """Points that no row and no account can hold are refused before they are booked.

    Each figure of a program is bounded, their product is not.
    """

    _inherit = "b2b.loyalty.account"

    @api.model
    def _b2b_check_size(self, rows):
        """Refuse rows that are too large, alone or beside what the account has.

        :raise UserError: naming document and program; nothing is booked then
        """
        sums = {}
        for row in rows:
            if abs(row["points"]) > rules.MOST:
                raise UserError(self._b2b_size_text(row))
            account = self.sudo().browse(row["account_id"])
            place = (account, self._b2b_counter(row["kind"]))
            if place not in sums:
                sums[place] = account[place[1]]
            sums[place] += row["points"]
            if abs(sums[place]) > rules.MOST:
                raise UserError(self._b2b_size_text(row))

    @api.model
    def _b2b_size_text(self, row):
        account = self.sudo().browse(row["account_id"])
        document = account.party_id
        if row.get("order_id"):
            document = self.env["sale.order"].sudo().browse(row["order_id"])
        elif row.get("move_id"):
            document = self.env["account.move"].sudo().browse(row["move_id"])
        return self.env._(
            "%(document)s: %(points)s points are more than an account of “%(program)s” "
            "can hold. The figures of the program have to be corrected first.",
            document=document.display_name,
            points=f"{row['points']:,}",
            program=account.program_id.name,
        )
