{
    "name": "B2B Dashboard",
    "summary": "Figures, charts and lists of the installed B2B addons on one page",
    "version": "19.0.1.0.0",
    "category": "Sales/B2B",
    "author": "B2B suite contributors",
    "website": "https://github.com/b2b-suite/b2b-suite",
    "license": "LGPL-3",
    "depends": ["b2b_party"],
    "data": [
        "security/ir.model.access.csv",
        "views/b2b_dashboard_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "b2b_dashboard/static/src/**/*.js",
            "b2b_dashboard/static/src/**/*.xml",
            "b2b_dashboard/static/src/**/*.scss",
        ],
        "web.assets_unit_tests": ["b2b_dashboard/static/tests/**/*.test.js"],
    },
    "pre_init_hook": "pre_init_hook",
    "uninstall_hook": "uninstall_hook",
}
