import pytest

from tests.support.clients import HttpSession, Rpc


@pytest.fixture
def staff_rpc(demo_server):
    """Model calls as the administrator of the shop."""
    session = HttpSession(demo_server).sign_in("admin")
    yield Rpc(session)
    session.close()
