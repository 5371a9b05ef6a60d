"""The one alert percentage becomes the list of those that are mailed."""

from odoo.tools import SQL


def migrate(cr, version):
    cr.execute("ALTER TABLE b2b_budget ADD COLUMN IF NOT EXISTS alert_percents varchar")
    cr.execute(
        SQL(
            """UPDATE b2b_budget SET alert_percents = alert_percent::float::text
                WHERE alert_percents IS NULL AND alert_percent > 0"""
        )
    )
