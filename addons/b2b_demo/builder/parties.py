"""Customer groups and the eight trade parties with their addresses."""

GROUPS = {
    "key": ("Key accounts", "0010"),
    "gift_uk": ("Gift shops UK", "0020"),
    "small_uk": ("Small shops UK", "0040"),
    "gift_eu": ("Gift shops EU", "0050"),
    "department": ("Department stores", "0060"),
}
CONSUMERS = ("Consumers UK", "0080")

# key: name, group, customer of the data set, country, currency, VAT number,
#      street, city, zip, phone, e-mail domain
PARTIES = {
    "brightwell": (
        "Brightwell & Sons Ltd", "gift_uk", "13098", "uk", "GBP", "GB432111902",
        "Brightwell Yard, Unit 4, Feeder Road", "Bristol", "BS2 0TH",
        "0117 496 0312", "brightwell.example",
    ),
    "lindner": (
        "Kaufhaus Lindner GmbH & Co. KG", "department", "12471", "de", "EUR",
        "DE302529510", "Hohe Straße 118", "Köln", "50667",
        "+49 221 4710 550", "kaufhaus-lindner.example",
    ),
    "verrier": (
        "Maison Verrier SA", "gift_eu", "12682", "fr", "EUR", "FR29668285612",
        "14 rue des Lombards", "Nantes", "44000",
        "+33 1 99 00 27 40", "maison-verrier.example",
    ),
    "oak_thistle": (
        "Oak & Thistle Ltd", "key", "13694", "uk", "GBP", "GB492628319",
        "27 Candlemaker Row", "Edinburgh", "EH1 2QG",
        "0131 496 0455", "oak-thistle.example",
    ),
    "larkspur": (
        "Larkspur Gifts Ltd", "gift_uk", "17675", "uk", "GBP", "GB441709360",
        "8 Stonegate", "York", "YO1 8AS", "01632 960 118", "larkspur.example",
    ),
    "blue_door": (
        "The Blue Door", "small_uk", "15159", "uk", "GBP", "GB295081148",
        "3 George Street", "St Albans", "AL3 4ER",
        "01632 960 247", "bluedoor.example",
    ),
    "blum": (
        "Café Blum KG", "gift_eu", "12709", "de", "EUR", "DE208642158",
        "Marktplatz 9", "Lüneburg", "21335", "+49 40 66969 120", "cafe-blum.example",
    ),
    "noemie": (
        "Papeterie Noémie SARL", "gift_eu", "12583", "fr", "EUR", "",
        "5 place du Marché", "Annecy", "74000",
        "+33 4 65 71 12 08", "papeterie-noemie.example",
    ),
}  # fmt: skip

# party: key, type, name, street, city, zip
ADDRESSES = {
    "brightwell": (
        ("yard", "delivery", "Brightwell Yard, Unit 4", "Feeder Road", "Bristol",
         "BS2 0TH"),
        ("leeds", "delivery", "Leeds shop", "18 Vicar Lane", "Leeds", "LS1 6BA"),
        ("accounts", "invoice", "Accounts payable", "Brightwell Yard, Feeder Road",
         "Bristol", "BS2 0TH"),
    ),
    "lindner": (
        ("lager", "delivery", "Warenannahme", "Sternengasse 12", "Köln", "50676"),
        ("bonn", "delivery", "Filiale Bonn", "Sternstraße 44", "Bonn", "53111"),
    ),
    "verrier": (
        ("depot", "delivery", "Dépôt", "22 quai de la Fosse", "Nantes", "44000"),
    ),
    "oak_thistle": (
        ("store", "delivery", "Leith store", "61 Constitution Street", "Edinburgh",
         "EH6 7BS"),
    ),
}  # fmt: skip


def party(kit, key):
    return kit.get(f"party_{key}")


def is_euro(key):
    return PARTIES[key][4] == "EUR"


def build(kit):
    _groups(kit)
    _parties(kit)
    _addresses(kit)


def _groups(kit):
    values = {
        f"group_{key}": {"name": name, "erp_ref": ref, "kind": "b2b"}
        for key, (name, ref) in GROUPS.items()
    }
    name, ref = CONSUMERS
    values["group_consumers"] = {"name": name, "erp_ref": ref, "kind": "b2c"}
    kit.records("b2b.customer.group", values)


def _parties(kit):
    values = {}
    for key, row in PARTIES.items():
        name, group, number, country, currency, vat = row[:6]
        street, city, postcode, phone, domain = row[6:]
        values[f"party_{key}"] = {
            "name": name,
            "company_type": "company",
            "b2b_customer_type": "trade",
            "b2b_customer_group_id": kit.get(f"group_{group}").id,
            "b2b_erp_ref": number.zfill(10),
            "b2b_currency_id": kit.env.ref(f"base.{currency}").id,
            "b2b_incoterm_id": kit.env.ref(
                "account.incoterm_DPU" if country == "fr" else "account.incoterm_DAP"
            ).id,
            "country_id": kit.env.ref(f"base.{country}").id,
            "vat": vat,
            "street": street,
            "city": city,
            "zip": postcode,
            "phone": phone,
            "email": f"office@{domain}",
            "customer_rank": 1,
            "tz": "Europe/London" if country == "uk" else "Europe/Berlin",
        }
    values["party_brightwell"]["b2b_po_policy"] = "unique"
    values["party_lindner"]["b2b_stock_threshold"] = 10
    values["party_blue_door"]["b2b_stock_mask"] = "yes_no"
    kit.records("res.partner", values)


def _addresses(kit):
    values = {}
    for key, rows in ADDRESSES.items():
        owner = party(kit, key)
        for suffix, kind, name, street, city, postcode in rows:
            values[f"address_{key}_{suffix}"] = {
                "name": name,
                "type": kind,
                "parent_id": owner.id,
                "street": street,
                "city": city,
                "zip": postcode,
                "country_id": owner.country_id.id,
            }
    kit.records("res.partner", values)
    for key, rows in ADDRESSES.items():
        owner = party(kit, key)
        for field, kind in (
            ("b2b_default_delivery_id", "delivery"),
            ("b2b_default_invoice_id", "invoice"),
        ):
            first = next((row[0] for row in rows if row[1] == kind), None)
            if first and not owner[field]:
                owner[field] = kit.get(f"address_{key}_{first}")
