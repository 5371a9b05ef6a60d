{
    "name": "B2B Portal: Delivery",
    "version": "19.0.1.0.0",
    "summary": "Buyers choose method and slot, and ship to their end customers",
    "category": "Sales/B2B",
    "author": "B2B suite contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["b2b_portal", "b2b_delivery"],
    "auto_install": True,
    "data": [
        "views/delivery_templates.xml",
        "views/method_templates.xml",
        "views/end_customer_templates.xml",
        "views/delivery_carrier_views.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "b2b_portal_delivery/static/src/**/*.scss",
            "b2b_portal_delivery/static/src/**/*.js",
        ],
    },
}
