from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class Dashboard(models.AbstractModel):
    """Figures for the dashboard: each addon contributes its sections."""

    _name = "b2b.dashboard"
    _description = "B2B Dashboard"

    @api.model
    @api.readonly
    def get_data(self, filters=None):
        """All sections of the installed addons for the current user.

        Runs with the rights of the user, so a figure never counts more than its list
        shows.

        :param dict filters: ``period`` (``month``, ``quarter`` or ``year``) and
            ``mine`` (only parties of the current user)
        :return: dict with ``sections``, ``currency`` and ``generated_at`` (UTC)
        :raise AccessError: for anybody but staff
        """
        if not self.env.user._is_internal():
            raise AccessError(self.env._("The dashboard is for our own staff."))
        currency = self.env.company.currency_id
        sections = self._b2b_sections(self._b2b_clean_filters(filters))
        return {
            "sections": sorted(sections, key=lambda s: s.get("sequence", 100)),
            "currency": {
                "id": currency.id,
                "name": currency.name,
                "symbol": currency.symbol,
                "position": currency.position,
            },
            "generated_at": fields.Datetime.now(),
        }

    @api.model
    def _b2b_clean_filters(self, filters):
        """Only known words come through; the rest is the default."""
        filters = filters if isinstance(filters, dict) else {}
        period = filters.get("period")
        return {
            "period": period if period in ("month", "quarter", "year") else "month",
            "mine": bool(filters.get("mine")),
        }

    @api.model
    def _b2b_mine(self, filters, path=""):
        """Only parties of the user, where the filter asks for it.

        :param dict filters: as cleaned by :meth:`_b2b_clean_filters`
        :param str path: the way from the records to their party, with its dot
        """
        if not filters.get("mine"):
            return Domain.TRUE
        return Domain(f"{path}b2b_rep_ids", "in", self.env.uid) | Domain(
            f"{path}user_id", "=", self.env.uid
        )

    @api.model
    def _b2b_sections(self, filters):
        """Sections of this and all inheriting addons; extend with ``super()``."""
        return []
