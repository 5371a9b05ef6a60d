"""What a portal user may not read of his own records, by any door.

Pages of the portal read with lifted rights and choose what they show; by RPC a portal
user could ask for any field of his company or order that has no group of its own.
"""

HIDDEN = {
    "res.partner": frozenset(
        {
            "barcode",
            "bank_ids",
            "category_id",
            "comment",
            "credit_limit",
            "property_account_position_id",
            "property_inbound_payment_method_line_id",
            "property_outbound_payment_method_line_id",
            "property_payment_term_id",
            "property_product_pricelist",
            "property_supplier_payment_term_id",
            "ref",
            "sale_warn_msg",
            "specific_property_product_pricelist",
            "trust",
            "user_id",
            "b2b_customer_group_id",
        }
    ),
    "sale.order": frozenset(
        {
            "margin",
            "margin_percent",
            "partner_credit_warning",
            "pricelist_id",
            "sale_warning_text",
            "show_update_pricelist",
        }
    ),
    "sale.order.line": frozenset(
        {
            "margin",
            "margin_percent",
            "pricelist_item_id",
            "purchase_price",
            "sale_line_warn_msg",
        }
    ),
}
