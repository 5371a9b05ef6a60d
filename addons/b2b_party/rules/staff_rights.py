"""Which job role reads and writes which field, on form, list, export, import and RPC.

One table for the back office. It narrows people who hold a B2B job role; who holds none
keeps what Odoo gives. Names are those of ``b2b_party.group_<role>``; groups of Odoo
with a dot are meant as they stand.
"""

from dataclasses import dataclass

ROLES = (
    "rep",
    "sales_manager",
    "credit",
    "pricing",
    "order_desk",
    "delivery_planner",
    "loyalty",
    "data_import",
    "administrator",
)
EVERYBODY = frozenset(ROLES)
# Odoo's own heads of department keep what they may in an ordinary installation.
ACCOUNTING_HEAD = "account.group_account_manager"
SALES_HEAD = "sales_team.group_sale_manager"
WAREHOUSE = "stock.group_stock_user"
BOOKKEEPING = "account.group_account_invoice"
PURCHASING = "purchase.group_purchase_user"


@dataclass(frozen=True)
class Right:
    """Who reads and who writes; an administrator always does both."""

    read: frozenset
    write: frozenset


def right(write, read=EVERYBODY):
    return Right(frozenset(read), frozenset(write))


LIMIT = right({"credit", ACCOUNTING_HEAD})
TERMS = right({"sales_manager", "credit", ACCOUNTING_HEAD, SALES_HEAD})
VAT = right({"sales_manager", "credit", "order_desk", ACCOUNTING_HEAD, SALES_HEAD})
PRICES = right({"sales_manager", "pricing", SALES_HEAD})
PEOPLE = right({"sales_manager", "data_import", SALES_HEAD})
BANK_KEEPERS = frozenset({"credit", "administrator", ACCOUNTING_HEAD})
# Documents of warehouse and accounting compute with the cost in the name of who
# posts them, so these two groups of Odoo keep it.
COST = right(
    {"pricing", ACCOUNTING_HEAD, SALES_HEAD},
    read={"pricing", "sales_manager", SALES_HEAD, WAREHOUSE, BOOKKEEPING},
)
MOVE_COST = right(COST.write | COST.read, read=COST.read)
MARGIN = right(
    {"pricing", "sales_manager", SALES_HEAD},
    read={"pricing", "sales_manager", SALES_HEAD, BOOKKEEPING},
)
# A price and its surcharge together tell the cost.
SURCHARGE = right(COST.write | {"sales_manager"}, read=COST.read)
SUPPLIER_PRICE = right(COST.write | {PURCHASING}, read=COST.read | {PURCHASING})

GUARDED = {
    "res.partner": {
        "credit_limit": LIMIT,
        "use_partner_credit_limit": LIMIT,
        "trust": LIMIT,
        "property_payment_term_id": TERMS,
        "property_account_position_id": TERMS,
        "b2b_tax_mark": TERMS,
        "b2b_tax_document": TERMS,
        "b2b_tax_document_name": TERMS,
        "b2b_tax_valid_until": TERMS,
        "b2b_vat_state": VAT,
        "property_supplier_payment_term_id": LIMIT,
        "specific_property_product_pricelist": PRICES,
        "property_product_pricelist": PRICES,
        "b2b_customer_group_id": right(
            {"sales_manager", "pricing", "data_import", SALES_HEAD}
        ),
        "b2b_limit_basis": TERMS,
        "b2b_on_account": TERMS,
        "b2b_payment_method_ids": TERMS,
        "b2b_rep_ids": PEOPLE,
        "b2b_agent_ids": PEOPLE,
        "b2b_agent_party_ids": PEOPLE,
    },
    "b2b.channel.terms": {"bank_account_id": right(BANK_KEEPERS)},
    "b2b.agreement": {"bank_account_id": right(BANK_KEEPERS)},
    "b2b.credit.account": {
        "action": LIMIT,
        "overdue_action": LIMIT,
        "overdue_days": LIMIT,
        "overdue_ignored": LIMIT,
        "limit_ids": LIMIT,
    },
    "b2b.credit.limit": {"amount": LIMIT, "date_from": LIMIT, "date_to": LIMIT},
    "product.template": {"standard_price": COST},
    "product.product": {
        "standard_price": COST,
        "avg_cost": COST,
        "total_value": COST,
        # product_margin
        "purchase_avg_price": MARGIN,
        "purchase_gap": MARGIN,
        "total_cost": MARGIN,
        "normal_cost": MARGIN,
        "total_margin": MARGIN,
        "expected_margin": MARGIN,
        "total_margin_rate": MARGIN,
        "expected_margin_rate": MARGIN,
    },
    "product.supplierinfo": {
        "price": SUPPLIER_PRICE,
        "discount": SUPPLIER_PRICE,
        "price_discounted": SUPPLIER_PRICE,
    },
    "product.pricelist.item": {
        "price_markup": SURCHARGE,
        "price_discount": SURCHARGE,
        "price_min_margin": SURCHARGE,
        "price_max_margin": SURCHARGE,
    },
    "stock.lot": {"standard_price": COST, "avg_cost": COST, "total_value": COST},
    "stock.move": {
        "standard_price": COST,
        "price_unit": MOVE_COST,
        "value": MOVE_COST,
        "value_manual": MOVE_COST,
        "value_justification": MOVE_COST,
        "value_computed_justification": MOVE_COST,
        "remaining_value": MOVE_COST,
    },
    "stock.avco.report": {
        "value": COST,
        "added_value": COST,
        "total_value": COST,
        "avco_value": COST,
        "justification": COST,
        "description": COST,
    },
    "b2b.order.hold": {
        "margin_before": MARGIN,
        "margin_after": MARGIN,
        "margin_text": MARGIN,
    },
    "account.invoice.report": {"price_margin": MARGIN, "inventory_value": COST},
    "sale.report": {"margin": MARGIN},
    "sale.order": {
        "margin": MARGIN,
        "margin_percent": MARGIN,
        "b2b_margin": MARGIN,
        "b2b_margin_percent": MARGIN,
    },
    "sale.order.line": {
        "b2b_unit_cost": MARGIN,
        "b2b_margin": MARGIN,
        "b2b_margin_percent": MARGIN,
        "purchase_price": MARGIN,
        "margin": MARGIN,
        "margin_percent": MARGIN,
    },
}

# Roles and groups of Odoo that may edit contacts as a whole.
CONTACT_EDITORS = (
    "base.group_partner_manager",
    "sales_team.group_sale_manager",
    "stock.group_stock_manager",
    "b2b_party.group_data_import",
)
# Roles that may write parties only in these fields; their people cannot edit contacts
# unless another role of theirs lets them.
PARTY_FIELDS_OF = {
    "credit": frozenset(
        {
            "credit_limit",
            "use_partner_credit_limit",
            "trust",
            "property_payment_term_id",
            "property_account_position_id",
            "b2b_tax_mark",
            "b2b_tax_document",
            "b2b_tax_document_name",
            "b2b_tax_valid_until",
            "b2b_vat_state",
            "property_supplier_payment_term_id",
            "b2b_limit_basis",
            "b2b_on_account",
            "b2b_payment_method_ids",
            "b2b_channel_term_ids",
        }
    ),
    "pricing": frozenset(
        {
            "specific_property_product_pricelist",
            "property_product_pricelist",
            "b2b_customer_group_id",
        }
    ),
}
# Written along with them by Odoo itself.
ALWAYS = ("message_", "activity_", "website_message_")


def allowed(table_right, operation, held):
    """Whether somebody with these roles may read or write a guarded field.

    :param Right table_right: the row of the table
    :param str operation: ``read`` or ``write``
    :param held: names of the roles and Odoo groups the user holds
    """
    if "administrator" in held:
        return True
    return bool(getattr(table_right, operation) & held)


def party_field_allowed(name, held):
    """Whether a user who may write parties only by role may write this field.

    :param str name: of the field
    :param held: names of the roles the user holds
    """
    if name == "id" or name.startswith(ALWAYS):
        return True
    return any(
        name in fields for role, fields in PARTY_FIELDS_OF.items() if role in held
    )


def groups_asked():
    """Every name the table mentions, for looking them up once per user."""
    names = set(ROLES)
    for fields in GUARDED.values():
        for row in fields.values():
            names |= row.read | row.write
    return frozenset(names)
