def uninstall_hook(env):
    """Leave Odoo as it was: nobody keeps a user that could not sign in.

    Users of seats keep ``base.group_portal``, which they hold explicitly. Users of
    further seats of a person have no password and are archived.
    """
    seats = env["b2b.seat"].with_context(active_test=False).search([])
    siblings = seats.filtered(lambda s: s.person_id.login_user_id != s.user_id)
    siblings.user_id.active = False
