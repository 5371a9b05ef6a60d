from . import (
    test_agreement,
    test_analytic,
    test_catalog,
    test_engine,
    test_explain,
    test_log,
    test_order_agreement,
    test_price_order,
    test_quantity,
)
