"""The nightly job of the figures became part of the job of the segments."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    old = env.ref("b2b_party.cron_refresh_figures", raise_if_not_found=False)
    if old:
        action = old.ir_actions_server_id
        old.unlink()
        action.unlink()
