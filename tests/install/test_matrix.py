"""Each addon installs on what it declares, alone, and leaves nothing behind.

The demo business is not in here: its installation is the template of other tests.
"""

import pytest

from tests.install.conftest import MANIFESTS, expected

pytestmark = pytest.mark.slow
DEMO = "b2b_demo"
LOWEST = "b2b_party"


def assert_clean(database):
    left = database.leftovers()
    assert not left.columns
    assert not left.tables
    assert not left.records


@pytest.mark.parametrize("name", sorted(set(MANIFESTS) - {DEMO, LOWEST}))
def test_addon_alone(database, name):
    shop = database(name)
    shop.install(name)
    assert shop.installed() == expected([name]), "no addon comes without being declared"
    shop.uninstall(name)
    assert name not in shop.installed()
    assert LOWEST in shop.installed()
    assert_clean(shop)


def test_everything_goes_with_the_lowest_addon(stack, db_factory):
    from tests.install.conftest import Database

    shop = Database(stack, db_factory("addons"))
    assert shop.installed() >= set(MANIFESTS) - {DEMO}
    shop.uninstall(LOWEST)
    assert not shop.installed()
    assert_clean(shop)
