"""Payment terms, agreements, own product codes and catalogs."""

from datetime import timedelta

from .articles import article
from .company import bank_account_eur
from .lists import pricelist
from .parties import party

TERMS = {"14": ("14 days", 14), "60": ("60 days", 60)}

# key: party, name, list, term, default, days until it ends (None: without end)
AGREEMENTS = {
    "brightwell_30": ("brightwell", "30 days net", "uk", "30", True, 129),
    "brightwell_prepaid": (
        "brightwell", "Prepaid, 3 % off", "uk_prepaid", "now", False, None,
    ),
    "brightwell_euro": ("brightwell", "Euro, 14 days", "eu", "14", False, None),
    "brightwell_past": ("brightwell", "Spring range", "uk", "30", False, -22),
    "lindner_30": ("lindner", "EUR, 30 days, DAP Köln", "eu", "30", True, 129),
    "lindner_prepaid": (
        "lindner", "Prepaid, EUR, 3 % off", "eu_prepaid", "now", False, None,
    ),
    "verrier_30": ("verrier", "EUR, 30 days", "eu", "30", True, None),
    "oak_60": ("oak_thistle", "60 days net", "key", "60", True, None),
    "larkspur_30": ("larkspur", "30 days net", "uk", "30", True, None),
    "blue_door_14": ("blue_door", "14 days net", "small", "14", True, None),
    "blum_prepaid": ("blum", "Prepaid, EUR", "eu_prepaid", "now", True, None),
    "noemie_now": ("noemie", "EUR, due at once", "eu_prepaid", "now", True, None),
}  # fmt: skip

BRIGHTWELL_CODES = (
    "85123A:BW-1042 85099B:BW-2201 22423:BW-0117 84879:BW-0231 20725:BW-2207 "
    "22086:BW-4101 21212:BW-3310 47566:BW-0390 22386:BW-2203 23203:BW-2210 "
    "20727:BW-2208 23201:BW-2214"
)
LINDNER_CODES = "22423:KL-70423 85123A:KL-70123 47566:KL-71566 22720:KL-72720"
TRANSFER_ONLY = ("blum_prepaid",)
NOT_ABROAD = ("21181", "21175", "21166", "23284")


def agreement(kit, key):
    return kit.get(f"agreement_{key}")


def build(kit):
    _terms(kit)
    _group_lists(kit)
    _agreements(kit)
    _codes(kit, "brightwell", BRIGHTWELL_CODES)
    _codes(kit, "lindner", LINDNER_CODES)
    _catalogs(kit)


def _terms(kit):
    kit.records(
        "account.payment.term",
        {
            f"term_{key}": {
                "name": name,
                "company_id": False,
                "line_ids": [
                    (0, 0, {"value": "percent", "value_amount": 100.0, "nb_days": days})
                ],
            }
            for key, (name, days) in TERMS.items()
        },
    )


def _term(kit, key):
    standard = {
        "now": "account.account_payment_term_immediate",
        "30": "account.account_payment_term_30days",
    }
    return kit.env.ref(standard[key]) if key in standard else kit.get(f"term_{key}")


def _group_lists(kit):
    for group, key in (
        ("key", "key"), ("gift_uk", "uk"), ("small_uk", "small"), ("gift_eu", "eu"),
        ("department", "eu"),
    ):  # fmt: skip
        kit.get(f"group_{group}").pricelist_id = pricelist(kit, key)


def _agreements(kit):
    values = {}
    for key, row in AGREEMENTS.items():
        owner, name, prices, term, default, days = row
        values[f"agreement_{key}"] = {
            "party_id": party(kit, owner).id,
            "name": name,
            "company_id": kit.company.id,
            "pricelist_id": pricelist(kit, prices).id,
            "payment_term_id": _term(kit, term).id,
            "incoterm_id": party(kit, owner).b2b_incoterm_id.id,
            "is_default": default,
            "prepayment_percent": 100.0 if key.endswith("_prepaid") else 0.0,
            "bank_account_id": _account(kit, key).id,
            "date_start": kit.today - timedelta(days=236),
            "date_end": days is not None and kit.today + timedelta(days=days),
            "sequence": 10 if default else 20,
            **_payment(kit, key),
        }
    made = kit.records("b2b.agreement", values)
    made.filtered(lambda a: a.state == "draft").action_run()


def _payment(kit, key):
    """A café abroad without references pays by transfer before we send anything."""
    if key not in TRANSFER_ONLY:
        return {}
    transfer = kit.env.ref("payment_custom.payment_method_wire_transfer")
    return {"on_account": "no", "payment_method_ids": [(6, 0, transfer.ids)]}


def _account(kit, key):
    """Prepaid orders in euro are paid to our account in euro, others as usual."""
    euro = key in ("lindner_prepaid", "blum_prepaid")
    return bank_account_eur(kit) if euro else kit.env["res.partner.bank"]


def _codes(kit, owner, text):
    pairs = [pair.split(":") for pair in text.split()]
    kit.records(
        "b2b.product.code",
        {
            f"code_{owner}_{code.lower()}": {
                "party_id": party(kit, owner).id,
                "product_id": article(kit, code).id,
                "code": own,
            }
            for code, own in pairs
        },
    )


def _catalogs(kit):
    """Trade parties see the assortment; signs in English stay at home."""
    kit.record(
        "catalog_trade",
        "b2b.catalog",
        {
            "name": "Trade assortment",
            "audience": "trade",
            "company_id": kit.company.id,
            "category_ids": [(6, 0, kit.get("category_assortment").ids)],
        },
    )
    abroad = kit.get("group_gift_eu") | kit.get("group_department")
    templates = [article(kit, code).product_tmpl_id.id for code in NOT_ABROAD]
    kit.record(
        "catalog_not_abroad",
        "b2b.catalog",
        {
            "name": "Not sold abroad: signs in English",
            "audience": "groups",
            "company_id": kit.company.id,
            "group_ids": [(6, 0, abroad.ids)],
            "excluded_product_ids": [(6, 0, templates)],
        },
    )
