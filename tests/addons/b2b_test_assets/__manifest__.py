{
    "name": "B2B test assets",
    "summary": "Lets browser tests run on Odoo as Debian packages it",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "B2B suite contributors",
    "depends": ["mail"],
    "assets": {
        "web.assets_backend": [
            # The package leaves this library out, but the bundle names it: every
            # backend page then logs an error, which fails every browser test.
            ("remove", "mail/static/lib/selfie_segmentation/selfie_segmentation.js"),
        ],
    },
}
