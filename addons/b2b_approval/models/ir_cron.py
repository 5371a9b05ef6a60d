import logging

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)

TRIES = 3


class IrCron(models.Model):
    """Jobs over many orders: one that somebody else just writes spoils no other."""

    _inherit = "ir.cron"

    @api.model
    def _b2b_one_by_one(self, records, act):
        """Do the same to each record, in a transaction of its own, with retry.

        :param records: ids are read now; each is looked at anew in its transaction
        :param act: function of one record; it has to check itself whether there is
            still something to do
        """
        for record in records:
            for number in range(1, TRIES + 1):
                try:
                    row = record.try_lock_for_update()
                    if row:
                        act(row)
                    self._commit_progress(1)
                    break
                except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                    self.env.cr.rollback()
                    _logger.info("%s: try %s was overtaken", record, number)
