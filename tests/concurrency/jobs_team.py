"""Jobs of the race of two administrators who take each other's access away."""


def make_administrators(env, seats):
    """The standard role of administrators for these seats."""
    env["b2b.seat"].browse(seats).role_id = env.ref("b2b_party.role_administrator")


def suspend_colleague(env, seat):
    """What the team page does for the user of this session."""
    return env["b2b.seat"].sudo()._b2b_team_suspend(seat).state


def active_administrators(env, party):
    return env["b2b.seat"].search_count(
        [
            ("party_id", "=", party),
            ("state", "=", "active"),
            ("role_id.manage_seats", "=", True),
        ]
    )


def set_supervisor(env, seat, boss):
    """What the form of a seat does."""
    env["b2b.seat"].browse(seat).supervisor_id = boss
    return boss


def supervisors(env, seats):
    return [env["b2b.seat"].browse(seat).supervisor_id.id for seat in seats]
