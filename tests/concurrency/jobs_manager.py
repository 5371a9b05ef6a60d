"""Jobs of the race for turns of a rule for account managers."""

from odoo.fields import Command


def make_manager_rule(env, users):
    """A rule with several managers in turn; every other rule is put away."""
    rules = env["b2b.account.manager.rule"]
    rules.search([]).active = False
    group = env.ref("b2b_party.group_rep").id
    team = env["res.users"].create(
        [
            {
                "name": f"Rep {number}",
                "login": f"racing_rep_{number}",
                "group_ids": [Command.link(group)],
            }
            for number in range(users)
        ]
    )
    rules.create({"name": "In turn", "user_ids": [Command.set(team.ids)]})
    return team.ids


def add_party(env, number):
    """A new party, as an import or a colleague makes it; who got it."""
    party = env["res.partner"].create(
        {"name": f"Shop {number}", "is_company": True, "b2b_customer_type": "trade"}
    )
    return party.user_id.id
