from datetime import date, timedelta

from odoo.tests import tagged

from .common import DashboardCase


@tagged("post_install", "-at_install")
class TestPartyOverview(DashboardCase):
    def _subtitle(self, user):
        sections = self.party.with_user(user).b2b_overview()["sections"]
        return next(s for s in sections if s["id"] == "turnover")["subtitle"]

    def test_the_margin_shows_by_right_only(self):
        self._sell(date.today() - timedelta(days=3), amount=10.0)
        self.assertIn("margin 40.0 %", self._subtitle(self.manager))
        self.assertNotIn("margin", self._subtitle(self.rep))
