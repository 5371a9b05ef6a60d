"""Small helpers without business meaning: input cleaning and formats."""

from functools import lru_cache

import babel.dates
import babel.numbers

from odoo.tools.misc import babel_locale_parse

from odoo.addons.b2b_party.tools import MINUS, day, lang_code, money

__all__ = [
    "MINUS",
    "clean_input",
    "clock",
    "day",
    "group_sign",
    "initials",
    "money",
    "month",
    "number",
    "price_number",
]


def clean_input(value):
    """Strip what PostgreSQL cannot store (NUL, lone surrogates) from input."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "ignore").decode()
    if isinstance(value, dict):
        return {key: clean_input(item) for key, item in value.items()}
    if isinstance(value, list):
        return [clean_input(item) for item in value]
    return value


def _locale(env):
    return babel_locale_parse(lang_code(env))


# Pages write the same few hundred figures again and again.
@lru_cache(maxsize=8192)
def _decimal(lang, value, pattern):
    locale = babel_locale_parse(lang)
    text = babel.numbers.format_decimal(value, format=pattern, locale=locale)
    return text.replace("-", MINUS)


def price_number(env, amount, currency):
    """``2.08``: a price whose currency stands in the column's head."""
    places = currency.decimal_places
    pattern = "#,##0." + "0" * places if places else "#,##0"
    return _decimal(lang_code(env), currency.round(amount or 0.0) + 0.0, pattern)


def group_sign(env):
    """The sign between thousands as :func:`number` writes it for this reader."""
    return _locale(env).number_symbols["latn"]["group"]


def number(env, value, digits=3, least=0):
    """A quantity: no decimals unless there are some, or ``least`` of them."""
    value = round(value or 0.0, digits) + 0.0
    pattern = "#,##0." + "0" * least + "#" * (digits - least)
    return _decimal(lang_code(env), value, pattern)


def month(env, value):
    """``Nov``: the month alone, for charts."""
    return babel.dates.format_date(value, "LLL", locale=_locale(env))


def clock(value):
    """``09:51`` of a local datetime."""
    return value.strftime("%H:%M") if value else ""


def initials(name):
    """Two letters of a company or a person: first and last word that counts."""
    words = [w for w in (name or "").split() if w[:1].isalnum()]
    if not words:
        return "?"
    if len(words) == 1:
        return words[0][:2].upper()
    return (words[0][0] + words[1][0]).upper()
