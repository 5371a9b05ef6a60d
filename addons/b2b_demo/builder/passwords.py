"""Passwords of the logins, hashed beside the building: a hash takes half a second."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from .people import SEATS, STAFF

# All who sign in with the login as password, but the administrator: a new database
# gives him the password "admin" already.
LOGINS = (*STAFF, *(seat[4] for seat in SEATS.values() if seat[4]), "agent")


@contextmanager
def hashed_meanwhile(kit):
    """Give the logins that the body makes their passwords."""
    users = kit.env["res.users"].with_context(active_test=False)
    known = users.search([("login", "in", LOGINS)]).mapped("login")
    hasher = users._crypt_context()
    pool = ThreadPoolExecutor(1)
    try:
        hashes = {
            login: pool.submit(hasher.hash, login)
            for login in LOGINS
            if login not in known
        }
        yield
        for user in users.search([("login", "in", list(hashes))]):
            user._set_encrypted_password(user.id, hashes[user.login].result())
    finally:
        pool.shutdown(cancel_futures=True)
