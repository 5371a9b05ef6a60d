"""Words that all addons write alike."""

import re

import babel.numbers

from odoo.tools.misc import babel_locale_parse, get_lang

MINUS = "\N{MINUS SIGN}"


def money(env, amount, currency):
    """``£1,190.50`` as the reader's language writes it, with a true minus sign.

    :param amount: in ``currency``; rounded to its decimals
    :param currency: res.currency
    """
    text = babel.numbers.format_currency(
        currency.round(amount or 0.0) + 0.0,
        currency.name,
        locale=babel_locale_parse(get_lang(env).code),
    )
    return text.replace("-", MINUS)


def whole_money(env, amount, currency):
    """``£1,190``: :func:`money` without decimals, for figures and limits."""
    text = money(env, round(amount or 0.0), currency)
    return re.sub(r"[.,]0+(?=\D*$)", "", text) if currency.decimal_places else text
