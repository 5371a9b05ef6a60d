from odoo import models
from odoo.tools import SQL


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_session_token_query_params(self):
        """A seat without own password stands and falls with the one that has it.

        Whoever changes the password signs the person out of all seats, also out of
        those that were reached by switching.
        """
        params = super()._get_session_token_query_params()
        params["select"] = SQL(
            """%s,
            (SELECT carrier.password
               FROM b2b_seat seat
               JOIN b2b_person person ON person.id = seat.person_id
               JOIN res_users carrier ON carrier.id = person.login_user_id
              WHERE seat.user_id = res_users.id AND carrier.id != res_users.id
              LIMIT 1) AS b2b_carrier_password""",
            params["select"],
        )
        return params
