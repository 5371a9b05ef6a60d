"""Marker files tell finished results from ones that were interrupted."""

import fcntl
import hashlib
import shutil
from contextlib import contextmanager

from .paths import STATE

NAME = ".b2b-complete"


def is_complete(folder, fingerprint=None):
    try:
        written = (folder / NAME).read_text()
    except OSError:
        return False
    return fingerprint is None or written == fingerprint


def complete(folder, fingerprint=""):
    (folder / NAME).write_text(fingerprint)


def remove(folder):
    """Take the marker first: a half-removed folder must not look complete."""
    if folder.is_symlink():
        # What it points to is not ours.
        folder.unlink()
        return
    (folder / NAME).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def hash_files(paths, base=None):
    """One fingerprint of contents and names; below `base`, if the files may move."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        name = path.relative_to(base) if base else path.name
        digest.update(f"{name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@contextmanager
def lock(name, on_wait=None):
    """Only one launcher of this checkout builds a thing at a time."""
    STATE.mkdir(exist_ok=True)
    with (STATE / f"{name}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if on_wait:
                on_wait()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
