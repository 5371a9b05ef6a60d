"""Finch & Harbour Ltd: company, currencies with rates, chart, warehouse, delivery."""

from base64 import b64encode
from datetime import date

from .pictures import logo

# euro for a pound, from the first day of each quarter, oldest first
EUR_RATES = (1.16, 1.17, 1.14, 1.16, 1.15, 1.17, 1.14, 1.15, 1.16, 1.15)


def build(kit):
    _company(kit)
    _currencies(kit)
    _chart(kit)
    _bank(kit)
    _settings(kit)
    _warehouse(kit)
    _carriers(kit)


def _company(kit):
    gb = kit.env.ref("base.uk")
    kit.company.write(
        {
            "name": "Finch & Harbour Ltd",
            "street": "Wharf House, 31 Narrow Street",
            "city": "London",
            "zip": "E14 8DJ",
            "country_id": gb.id,
            "account_fiscal_country_id": gb.id,
            "vat": "GB318420675",
            "company_registry": "04417093",
            "phone": "020 7946 0800",
            "email": "hello@finch-harbour.example",
            "logo": b64encode(logo()),
        }
    )
    kit.company.partner_id.write({"tz": "Europe/London", "is_company": True})


def _currencies(kit):
    pound, euro = kit.env.ref("base.GBP"), kit.env.ref("base.EUR")
    (pound | euro).active = True
    kit.company.currency_id = pound
    rates, first = {}, date(kit.today.year - 2, (kit.today.month - 1) // 3 * 3 + 1, 1)
    for index, rate in enumerate(EUR_RATES):
        month = first.month - 1 + 3 * index
        day = date(first.year + month // 12, month % 12 + 1, 1)
        if day <= kit.today:
            rates[f"rate_eur_{index}"] = {
                "currency_id": euro.id,
                "company_id": kit.company.id,
                "name": day,
                "rate": rate,
            }
    kit.records("res.currency.rate", rates)


def _chart(kit):
    template = kit.env["account.chart.template"]
    if kit.company.chart_template != "uk":
        # The public method warns while a database is still being installed; this
        # addon depends on all others, so that everything the chart needs is there.
        template._load("uk", kit.company, install_demo=False)
        # Where `account` is installed in the same run, Odoo has put off loading a
        # chart until the end; it would load the generic one over ours.
        vars(kit.env.registry).pop("_auto_install_template", None)
        kit.env.invalidate_all()


def _bank(kit):
    journal = kit.env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", kit.company.id)], limit=1
    )
    bank = kit.record(
        "bank_gbp",
        "res.bank",
        {
            "name": "Harbourside Bank",
            "bic": "HBSDGB2L",
            "country": kit.env.ref("base.uk").id,
        },
    )
    account = kit.record(
        "bank_account_gbp",
        "res.partner.bank",
        {
            "acc_number": "GB82 WEST 1234 5698 7654 32",
            "bank_id": bank.id,
            "partner_id": kit.company.partner_id.id,
            "allow_out_payment": True,
        },
    )
    journal.bank_account_id = account


def bank_account_eur(kit):
    """Our second account, for customers who pay in euro."""
    return kit.record(
        "bank_account_eur",
        "res.partner.bank",
        {
            "acc_number": "DE89 3704 0044 0532 0130 00",
            "currency_id": kit.env.ref("base.EUR").id,
            "partner_id": kit.company.partner_id.id,
            "company_id": kit.company.id,
            "sequence": 20,
            "allow_out_payment": True,
        },
    )


def _settings(kit):
    """Features every wholesaler needs: price lists, several addresses, units."""
    user = kit.env.ref("base.group_user")
    for name in (
        "product.group_product_pricelist",
        "account.group_delivery_invoice_address",
        "uom.group_uom",
    ):
        group = kit.env.ref(name, raise_if_not_found=False)
        if group:
            user._apply_group(group)


def _warehouse(kit):
    kit.warehouse.write({"name": "London", "code": "LON"})


def _carriers(kit):
    """Three ways to deliver, when the delivery addon is there."""
    if "delivery.carrier" not in kit.env:
        return
    for name, title, price in (
        ("carrier_van", "Our own van", 14.50),
        ("carrier_parcel", "Parcel carrier", 19.80),
        ("carrier_collect", "Collect in London", 0.0),
    ):
        product = kit.record(
            f"{name}_product",
            "product.product",
            {
                "name": title,
                "type": "service",
                "list_price": price,
                "sale_ok": False,
                "purchase_ok": False,
                "invoice_policy": "order",
                "default_code": f"DELIVERY-{name[8:].upper()}",
            },
        )
        kit.record(
            name,
            "delivery.carrier",
            {
                "name": title,
                "delivery_type": "fixed",
                "fixed_price": price,
                "product_id": product.id,
                "company_id": kit.company.id,
            },
        )
