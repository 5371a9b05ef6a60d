from . import b2b_catalog_preview
