"""Whether a fiscal position may be used for a delivery address (DECISIONS 15)."""


def position_fits(address_country, position_country=None, group_countries=()):
    """Tax follows the place of supply: whoever overrules does so within it only.

    :param address_country: country of the delivery address; unknown never fits a
        position that names one
    :param position_country: the one country of the position, if any
    :param group_countries: the countries of its country group, if any
    """
    if position_country and address_country != position_country:
        return False
    return not group_countries or address_country in group_countries
