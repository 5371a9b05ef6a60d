"""What the secrets of the leak test look like; read inside Odoo and outside."""

#: Every secret text begins so; numbers are told apart by their value.
MARK = "zq"
NUMBERS = {
    "cost": 4817.53,
    "supplier price": 7391.37,
    "price of another party": 5927.41,
    "sales price of a hidden product": 6143.29,
}
