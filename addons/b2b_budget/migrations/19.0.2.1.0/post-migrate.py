"""Rules know party groups; alerts that were written before are not sent again."""

from odoo import SUPERUSER_ID, api

RULES = {
    "rule_own_budget": "user._b2b_own_budget_domain()",
    "rule_own_budget_period": "user._b2b_own_budget_domain('budget_id')",
    "rule_own_budget_entry": "user._b2b_own_domain('party_id')",
}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name, domain in RULES.items():
        rule = env.ref(f"b2b_budget.{name}", raise_if_not_found=False)
        if rule:
            rule.domain_force = domain
    cr.execute(
        """INSERT INTO b2b_budget_alert
                  (period_id, budget_id, company_id, currency_id, percent, reached_at,
                   sent_at, amount, used, pending)
           SELECT p.id, b.id, p.company_id, p.currency_id, b.alert_percent,
                  p.alerted_at, p.alerted_at, p.amount, p.used, p.pending
             FROM b2b_budget_period p JOIN b2b_budget b ON b.id = p.budget_id
            WHERE p.alerted_at IS NOT NULL AND b.alert_percent > 0
               ON CONFLICT DO NOTHING"""
    )
