"""Harbour points: one for each pound of goods, bags count double for gift shops."""

from datetime import timedelta


def build(kit):
    kit.record(
        "program_points",
        "b2b.loyalty.program",
        {
            "name": "Harbour points",
            "company_id": kit.company.id,
            "currency_id": kit.company.currency_id.id,
            "points": 1,
            "per_amount": 1.0,
            "point_value": 0.01,
            "redeem_minimum": 100,
            "redeem_percent": 50.0,
            "valid_months": 12,
            "customer_types": "trade",
            "date_from": kit.today - timedelta(days=365),
            "user_id": kit.get("user_manager").id,
            "weight_ids": [
                (
                    0,
                    0,
                    {
                        "name": "Bags count double",
                        "factor": 2.0,
                        "category_id": kit.get("category_bags").id,
                        "customer_group_id": kit.get("group_gift_uk").id,
                    },
                )
            ],
        },
    )
