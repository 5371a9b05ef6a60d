from . import (
    test_agreement,
    test_catalog,
    test_catalog_audience,
    test_engine,
    test_explain,
    test_log,
    test_order_agreement,
    test_own_codes,
    test_payment_terms,
    test_price_order,
    test_quantity,
    test_segment_list,
)
