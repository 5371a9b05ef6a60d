"""Jobs of the races for a budget that several parties share."""


def make_group_budget(env, parties, amount, action):
    """One budget for a group of these parties."""
    members = [(0, 0, {"partner_id": party}) for party in parties]
    group = env["b2b.party.group"].create({"name": "Racing", "member_ids": members})
    budget = env["b2b.budget"].create(
        {
            "name": "Shop floor",
            "party_group_id": group.id,
            "amount": amount,
            "action": action,
            "currency_id": env.company.currency_id.id,
        }
    )
    return {"budget": budget.id, "group": group.id}


def leave_group(env, group, party):
    """A party belongs no longer; what it ordered stays booked."""
    members = env["b2b.party.group"].browse(group).member_ids
    members.filtered(lambda member: member.partner_id.id == party).unlink()
    env.flush_all()


def alerts(env, budget):
    """The shares that were noted."""
    budget = env["b2b.budget"].browse(budget)
    return sorted(budget.alert_ids.mapped("percent"))
