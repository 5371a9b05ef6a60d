{
    "name": "B2B Approvals",
    "summary": "Holds and decisions in front of every order confirmation",
    "version": "19.0.1.1.0",
    "category": "Sales/B2B",
    "author": "B2B suite contributors",
    "website": "https://github.com/b2b-suite/b2b-suite",
    "license": "LGPL-3",
    "depends": ["b2b_party"],
    "data": [
        "security/ir.model.access.csv",
        "security/b2b_approval_rules.xml",
        "data/mail_template_data.xml",
        "data/ir_cron_data.xml",
        "wizards/b2b_order_hold_decide_views.xml",
        "views/b2b_order_hold_views.xml",
        "views/b2b_approval_rule_views.xml",
        "views/sale_order_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["b2b_approval/static/src/scss/holds.scss"],
    },
}
