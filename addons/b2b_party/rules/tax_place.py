"""Which tax follows from where goods go, where they start and who buys (DECISIONS 15).

Plain values only: countries are two-letter codes, of which Northern Ireland (XI) is
one, as goods there follow the rules of the European Union.
"""

from typing import NamedTuple

NORTHERN_IRELAND = "XI"
#: Prefixes of VAT numbers that are not the code of their country.
PREFIXES = {"EL": "GR"}

DOMESTIC = "domestic"
EU_BUSINESS = "eu_business"
EU_TAXED = "eu_taxed"
EXPORT = "export"


class Supply(NamedTuple):
    """One delivery.

    :param goods_from: country of the dispatching warehouse
    :param goods_to: country to which the goods go; of the warehouse when collected
    :param own: country in which our company pays its taxes
    :param from_eu: whether the goods start within the European Union's VAT area
    :param to_eu: whether they arrive there
    :param vat_country: country of the buyer's VAT number, empty without one
    :param vat_checked: whether the number was checked and is valid
    """

    goods_from: str
    goods_to: str
    own: str
    from_eu: bool = False
    to_eu: bool = False
    vat_country: str = ""
    vat_checked: bool = False


class Position(NamedTuple):
    """What is asked of a fiscal position that is applied by itself.

    :param country: the one country it names, empty for a group or for all
    :param vat_required: only for buyers with a VAT number
    :param registered: it stands for a registration of ours in its country
    :param anywhere: it names neither a country nor a group: “rest of the world”
    """

    country: str = ""
    vat_required: bool = False
    registered: bool = False
    anywhere: bool = False


def vat_country(vat, country=""):
    """Country of a VAT number; numbers without a prefix are of the buyer's own.

    >>> vat_country("EL123456789")
    'GR'
    >>> vat_country("123456789", "CH")
    'CH'
    """
    vat = (vat or "").strip().upper()
    if not vat:
        return ""
    prefix = vat[:2]
    return PREFIXES.get(prefix, prefix) if prefix.isalpha() else country


def regime(supply):
    """What kind of supply it is.

    Within the Union a delivery to another country is free of tax only for a buyer
    with a checked number of a country other than the one where the goods start.
    """
    if supply.goods_from == supply.goods_to:
        return DOMESTIC
    if supply.from_eu and supply.to_eu:
        other = supply.vat_country and supply.vat_country != supply.goods_from
        return EU_BUSINESS if supply.vat_checked and other else EU_TAXED
    return EXPORT


def may_use(position, supply):
    """Whether a position that fits the country may be applied by itself."""
    kind = regime(supply)
    if position.registered and not _registered_here(position, supply, kind):
        return False
    if kind == DOMESTIC and supply.goods_from != supply.own:
        # Sold within a country where we are not at home: only as registered there.
        return position.registered
    if position.anywhere and kind in (EU_TAXED, EU_BUSINESS):
        # No export: without a valid number it is taxed, with one it is reported as a
        # delivery within the Union.
        return False
    if position.vat_required:
        return supply.vat_checked and _asks_for_number(position, supply, kind)
    return True


def _registered_here(position, supply, kind):
    """A registration counts where the goods start, or for taxed sales across."""
    if position.country != supply.goods_to:
        return False
    return supply.goods_from == position.country or kind == EU_TAXED


def _asks_for_number(position, supply, kind):
    """Across the Union by its own rule; within one country only where it is named;
    into the Union from outside a number is no reason."""
    if kind == DOMESTIC:
        return bool(position.country)
    return kind == EU_BUSINESS or (kind == EXPORT and not supply.to_eu)


def is_unregistered(supply, found):
    """Whether goods are sold within a foreign country without a registration there.

    :param bool found: whether a position may be used
    """
    return regime(supply) == DOMESTIC and supply.goods_from != supply.own and not found


def lacks_union_position(supply, found):
    """Whether goods go free of tax within the Union, but no position says how.

    :param bool found: whether a position may be used
    """
    return regime(supply) == EU_BUSINESS and not found


def number_would_count(supply):
    """Whether a checked number would change the tax, but it was not checked."""
    if supply.vat_checked or not supply.vat_country:
        return False
    return regime(supply._replace(vat_checked=True)) == EU_BUSINESS


def mark_fault(fits, marked, document, valid_until, today):
    """Why what was agreed about tax is not used; empty when it is.

    :param bool fits: whether the position names the country of the supply
    """
    if not fits:
        return "place"
    if not marked or not document or not valid_until:
        return "unmarked"
    return "expired" if valid_until < today else ""
