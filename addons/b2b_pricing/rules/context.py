"""The context of prices and catalogs outside the portal."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PriceContext:
    """Who asks: the same attributes as the portal's own context.

    :param party: res.partner, the commercial entity, with lifted rights
    :param seat: b2b.seat or empty
    :param agreement: b2b.agreement or empty
    :param pricelist: product.pricelist or empty
    :param company: res.company
    :param address: res.partner to whom the goods go, or None
    """

    party: Any
    seat: Any
    agreement: Any
    pricelist: Any
    company: Any
    address: Any = None
