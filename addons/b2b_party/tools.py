"""Words that all addons write alike."""

import datetime
import re
from functools import lru_cache

import babel.dates
import babel.numbers

from odoo import fields
from odoo.fields import Domain
from odoo.tools.misc import babel_locale_parse, get_lang

MINUS = "\N{MINUS SIGN}"


def money(env, amount, currency):
    """``£1,190.50`` as the reader's language writes it, with a true minus sign.

    :param amount: in ``currency``; rounded to its decimals
    :param currency: res.currency
    """
    value = currency.round(amount or 0.0) + 0.0
    return _money_text(lang_code(env), value, currency.name)


# Pages write the same few hundred amounts again and again.
@lru_cache(maxsize=8192)
def _money_text(lang, value, currency):
    locale = babel_locale_parse(lang)
    text = babel.numbers.format_currency(value, currency, locale=locale)
    return text.replace("-", MINUS)


def lang_code(env):
    """The reader's language; that of the company where nobody reads."""
    return env.lang or get_lang(env).code


def whole_money(env, amount, currency):
    """``£1,190``: :func:`money` without decimals, for figures and limits."""
    text = money(env, round(amount or 0.0), currency)
    return re.sub(r"[.,]0+(?=\D*$)", "", text) if currency.decimal_places else text


def day(env, value, *, weekday=True, year=False, long=False):
    """``Wed 25 Nov``; accepts a date, or a datetime already in local time.

    Other languages put the parts in their own order: ``Mi., 25. Nov.``

    :param long: ``Wednesday 25 November``
    """
    if not value:
        return ""
    if isinstance(value, datetime.datetime):
        value = value.date()
    locale = babel_locale_parse(get_lang(env).code)
    if locale.language != "en":
        parts = "MMMMEEEEd" if long else "MMMEd" if weekday else "MMMd"
        skeleton = ("y" if year and not long else "") + parts
        return babel.dates.format_skeleton(skeleton, value, locale=locale)
    pattern = "EEEE d MMMM" if long else ("EEE " if weekday else "") + "d MMM"
    pattern += " y" if year else ""
    return babel.dates.format_date(value, pattern, locale=locale)


def moment(env, value, tz=None):
    """``Wed 25 Nov 12:00``: :func:`day` and the time.

    :param value: naive datetime in UTC
    :param str tz: zone to tell it in; the reader's without
    """
    if not value:
        return ""
    record = env["res.lang"].with_context(tz=tz) if tz else env["res.lang"]
    local = fields.Datetime.context_timestamp(record, value)
    return f"{day(env, local)} {local:%H:%M}"


def columns(model):
    """Names of what Odoo reads together when one field of a record is asked for."""
    return [name for name, field in model._fields.items() if _read_ahead(model, field)]


def _read_ahead(model, field):
    return (
        field.prefetch is True
        and field.store
        and field.column_type
        and model._has_field_access(field, "read")
    )


def own_columns(model, *others):
    """Names of what our addons keep on a model of Odoo, and of ``others``.

    Read ahead with ``fetch`` on pages that want a handful of a hundred columns: each
    costs time, in the database and here. What else is asked for comes with one query.
    """
    return [
        name
        for name, field in model._fields.items()
        if (name.startswith("b2b_") or name in others) and _read_ahead(model, field)
    ]


def read_rows(records, name):
    """Fill a one2many field with its rows in one query, where Odoo takes two.

    The first one only asks for numbers; pages that are read often save the second.

    :param records: real records whose rows nobody read or changed so far
    :param str name: of the field; its rows are stored records of their own
    """
    field = records._fields[name]
    known = field._get_cache(records.env)
    if all(number in known for number in records.ids):
        return
    # As Odoo keeps it: archived rows are left out when the field is read.
    rows = records.env[field.comodel_name].with_context(
        **{"active_test": False, **field.context}
    )
    domain = Domain(field.inverse_name, "in", records.ids)
    found = rows.search_fetch(field.get_comodel_domain(records) & domain, columns(rows))
    groups = found.grouped(field.inverse_name)
    field._insert_cache(
        records, [groups.get(record, rows.browse())._ids for record in records]
    )


def defined_only_by(model, name, homes):
    """Whether nobody but known addons has a say in a method.

    :param homes: what the names of their Python modules start with, a tuple
    """
    return all(
        vars(cls)[name].__module__.startswith(homes)
        for cls in type(model).__mro__
        if name in vars(cls)
    )


def once_per_class(model, name, make):
    """What ``make()`` says of a whole model, kept until another addon extends it.

    :param name: of the attribute of the model's class that keeps it
    """
    cls = type(model)
    extent = len(cls.__mro__), len(cls._fields)
    kept = cls.__dict__.get(name)
    if kept is None or kept[0] != extent:
        kept = extent, make()
        setattr(cls, name, kept)
    return kept[1]
