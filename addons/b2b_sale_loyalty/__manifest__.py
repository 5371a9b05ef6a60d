{
    "name": "B2B Approvals with promotions",
    "summary": "Lets the order gate decide before promotions book anything",
    "version": "19.0.1.0.1",
    "category": "Sales/B2B",
    "author": "B2B suite contributors",
    "website": "https://github.com/b2b-suite/b2b-suite",
    "license": "LGPL-3",
    "depends": ["b2b_approval", "sale_loyalty"],
    "data": ["security/b2b_sale_loyalty_rules.xml"],
    "auto_install": True,
}
