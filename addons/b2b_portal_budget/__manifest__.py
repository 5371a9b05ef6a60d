{
    "name": "B2B Portal: Budgets",
    "version": "19.0.1.2.0",
    "summary": "What is left of budgets and credit, and what a yes costs",
    "category": "Sales/B2B",
    "author": "B2B suite contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["b2b_portal", "b2b_budget"],
    "external_dependencies": {"python": ["xlsxwriter"]},
    "auto_install": True,
    "data": [
        "views/budget_templates.xml",
        "views/budget_form_templates.xml",
        "views/credit_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": ["b2b_portal_budget/static/src/*.scss"],
    },
}
