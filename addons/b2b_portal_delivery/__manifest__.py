{
    "name": "B2B Portal: Delivery",
    "version": "19.0.1.0.0",
    "summary": "Buyers see the first delivery slot and choose another at checkout",
    "category": "Sales/B2B",
    "author": "B2B suite contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["b2b_portal", "b2b_delivery"],
    "auto_install": True,
    "data": ["views/delivery_templates.xml"],
    "assets": {
        "web.assets_frontend": ["b2b_portal_delivery/static/src/*.scss"],
    },
}
