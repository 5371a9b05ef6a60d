{
    "name": "B2B Portal: Points",
    "version": "19.0.1.0.0",
    "summary": "Buyers see the points of their company and what an order earns",
    "category": "Sales/B2B",
    "author": "B2B suite contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["b2b_portal", "b2b_loyalty"],
    "auto_install": True,
    "data": ["views/points_templates.xml"],
    "assets": {
        "web.assets_frontend": ["b2b_portal_loyalty/static/src/*"],
    },
}
