{
    "name": "B2B Demo Business",
    "summary": "Finch & Harbour Ltd: a wholesaler with a year of real orders",
    "version": "19.0.1.0.0",
    "category": "Sales/B2B",
    "author": "B2B suite contributors",
    "website": "https://github.com/b2b-suite/b2b-suite",
    "license": "LGPL-3",
    "depends": [
        "b2b_party",
        "b2b_approval",
        "b2b_dashboard",
        "l10n_uk",
    ],
    "post_init_hook": "post_init_hook",
}
