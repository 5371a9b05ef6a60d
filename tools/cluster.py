"""A private PostgreSQL cluster: reached by its socket only, never over the network."""

import contextlib
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import marker
from .console import Failure, Step, say
from .paths import PG, ROOT, log_path
from .process import output, run

SUPERUSER = "odoo"
# The kernel's limit for the path of a socket is 107 bytes, its file name takes 14.
SOCKET_FOLDER_LIMIT = 90
# Where a cluster of root lies if the checkout's folder is closed to other users.
SHARED_HOME = Path("/var/lib/b2b")
SETTINGS = """
# Written by ./b2b when the cluster was made.
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 300
shared_buffers = {buffers}MB
work_mem = 16MB
maintenance_work_mem = 128MB
effective_cache_size = {cache}MB
random_page_cost = 1.1
max_wal_size = 4GB
checkpoint_timeout = 15min
# A crash may lose the last moments of a demo, never its consistency.
synchronous_commit = off
max_parallel_workers_per_gather = 0
log_line_prefix = '%m [%p] %d '
"""


def owner():
    """The user the server runs as: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Failure("PostgreSQL needs a user other than root: there is no user `nobody`.")


def as_owner():
    """Options that let a child run as the cluster's user."""
    user = owner()
    if not user:
        return {}
    home = {**os.environ, "HOME": "/", "LC_ALL": "C"}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "env": home}


def short_hash():
    return hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]


def can_enter(folder):
    """Whether the cluster's user may use files below `folder`."""
    if not owner():
        return True
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents))


def home():
    """The folder of the cluster, behind a link where root's own is closed to others."""
    PG.parent.mkdir(exist_ok=True)
    if PG.is_symlink() or PG.exists():
        return PG.resolve()
    if can_enter(PG.parent):
        PG.mkdir()
        return PG
    target = SHARED_HOME / short_hash()
    target.mkdir(parents=True, exist_ok=True)
    PG.symlink_to(target)
    say(f"  The database lies in {target}, as its user may not enter {ROOT}")
    return target


def socket_folder(base):
    folder = base / "socket"
    if len(os.fsencode(folder)) > SOCKET_FOLDER_LIMIT:
        folder = Path(tempfile.gettempdir()) / f"b2b-{os.getuid()}-{short_hash()}"
    return folder


def give(folder):
    """Hand a folder to the cluster's user, closed to all others."""
    folder.mkdir(exist_ok=True)
    folder.chmod(0o700)
    if user := owner():
        os.chown(folder, user.pw_uid, user.pw_gid)


def memory_megabytes():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_000_000


def create(base, bin_folder):
    """Make the cluster; its marker comes last, so that half a one is made again."""
    data, socket = base / "data", socket_folder(base)
    marker.remove(data)
    give(data)
    memory = memory_megabytes()
    log = log_path("postgres-init")
    locales = output(["locale", "-a"]).split()
    locale = "C.utf8" if "C.utf8" in locales else "C"
    with Step("Creating the database cluster"):
        run(
            [
                bin_folder / "initdb",
                "-D",
                data,
                "-U",
                SUPERUSER,
                "-E",
                "UTF8",
                f"--locale={locale}",
                "--auth=trust",
            ],
            log=log,
            what="Creating the database cluster failed",
            cwd="/",
            **as_owner(),
        )
    text = SETTINGS.format(
        socket=socket, buffers=max(128, min(1024, memory // 8)), cache=memory // 2
    )
    with (data / "postgresql.auto.conf").open("a") as handle:
        handle.write(text)
    (base / "bin").write_text(str(bin_folder))
    marker.complete(base)


def usable_binaries(base, find):
    """The binaries this cluster was made with; copied where its user cannot go."""
    with contextlib.suppress(OSError):
        made_with = Path((base / "bin").read_text())
        if (made_with / "pg_ctl").exists():
            return made_with
    found = find()
    return found if can_enter(found) else copied(found, base / "server")


def copied(bin_folder, target):
    """Copy a server, and the libraries that a wheel keeps beside its package."""
    installation, package = bin_folder.parent, bin_folder.parent.parent
    shutil.rmtree(target, ignore_errors=True)
    copy = target / package.name / installation.name
    shutil.copytree(installation, copy, symlinks=True)
    for libraries in package.parent.glob(f"{package.name}.libs"):
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    return copy / bin_folder.name


def version_of(bin_folder):
    words = output([bin_folder / "postgres", "--version"]).split()
    return next((w.split(".")[0] for w in words if w[0].isdigit()), "")


def check_version(base, bin_folder):
    made = (base / "data/PG_VERSION").read_text().strip()
    if made != version_of(bin_folder):
        raise Failure(
            f"The cluster in .b2b/pg was made by PostgreSQL {made}, which is gone:"
            " install it again, or remove .b2b/pg and start anew."
        )


def running_pid(data):
    """The server's process, or None; a file left by a crash does not count."""
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        name = Path(f"/proc/{pid}/comm").read_text().strip()
    except (OSError, ValueError, IndexError):
        return None
    return pid if name == "postgres" else None


def start(find_binaries):
    """Start the cluster unless it runs; return the folder of its socket."""
    with marker.lock("pg"):
        base = home()
        data, socket = base / "data", socket_folder(base)
        bin_folder = usable_binaries(base, find_binaries)
        if not marker.is_complete(base):
            create(base, bin_folder)
        check_version(base, bin_folder)
        join()
        if not running_pid(data):
            (data / "postmaster.pid").unlink(missing_ok=True)
            give(socket)
            launch(bin_folder, data)
    return socket


def launch(bin_folder, data):
    log = data / "server.log"
    with Step("Starting the database server"):
        # Not through `run`: the server keeps the pipe open as long as it lives.
        with log_path("postgres-start").open("a") as sink:
            code = subprocess.run(
                [
                    bin_folder / "pg_ctl",
                    "-D",
                    data,
                    "-l",
                    log,
                    "-w",
                    "-t",
                    "60",
                    "start",
                ],
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                cwd="/",
                start_new_session=True,
                **as_owner(),
            ).returncode
    if code:
        raise Failure("The database server does not start.", log)


# Who uses the server: the last one to leave stops it, unless `db start` was called.


def users_folder():
    folder = PG.resolve() / "users"
    folder.mkdir(exist_ok=True)
    return folder


def join():
    (users_folder() / str(os.getpid())).touch()


def keep():
    (users_folder() / "keep").touch()


def others():
    """Launchers that still use the server; forgets those that died."""
    found = []
    for path in users_folder().iterdir():
        if path.name == "keep":
            found.append(path)
        elif path.name != str(os.getpid()):
            if Path(f"/proc/{path.name}").exists():
                found.append(path)
            else:
                path.unlink(missing_ok=True)
    return found


def leave():
    """Called at the end of every command."""
    if not PG.exists():
        return
    with marker.lock("pg"):
        (users_folder() / str(os.getpid())).unlink(missing_ok=True)
        if not others():
            stop()


def stop():
    """Stop the server; open connections are closed, nothing is lost."""
    base = PG.resolve()
    data = base / "data"
    if not PG.exists() or not running_pid(data):
        return False
    bin_folder = Path((base / "bin").read_text())
    subprocess.run(
        [bin_folder / "pg_ctl", "-D", data, "-m", "fast", "-w", "stop"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
        check=False,
        **as_owner(),
    )
    return True


def stop_now():
    """`db stop`: also ends the wish to keep the server."""
    if not PG.exists():
        return False
    with marker.lock("pg"):
        (users_folder() / "keep").unlink(missing_ok=True)
        return stop()
