"""The budget of a party group, and the alerts that budgets have reached so far."""

from .people import seat


def build(kit):
    _shared(kit)
    _tell(kit)


def _shared(kit):
    """What all of Brightwell's group may order this year."""
    start = kit.today.replace(month=1, day=1)
    kit.record(
        "budget_group",
        "b2b.budget",
        {
            "name": "Brightwell group",
            "company_id": kit.company.id,
            "party_group_id": kit.get("party_group_brightwell").id,
            "currency_id": kit.env.ref("base.GBP").id,
            "period": "year",
            "amount": 240_000.0,
            "action": "authorize",
            "supervisor_ids": [(6, 0, seat(kit, "owner").ids)],
            "start_date": start,
        },
    )


def _tell(kit):
    """Alerts were told when they were reached; nobody gets mail from a demo."""
    kit.env.cr.flush()
    alerts = kit.env["b2b.budget.alert"].search([("sent_at", "=", False)])
    for period in alerts.period_id:
        alerts.filtered(lambda a, p=period: a.period_id == p)._b2b_send()
    for alert in alerts:
        alert.sent_at = alert.reached_at
    kit.env["mail.mail"].search([("state", "=", "outgoing")]).unlink()
