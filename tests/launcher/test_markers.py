"""What was interrupted is found and made again; what is complete is kept."""

import json
import shutil
import subprocess

import pytest

from tools import apt, cluster, debian, marker, odoo_source, venv
from tools.console import Failure
from tools.paths import PYTHON, starting_python
from tools.process import output

needs_dpkg = pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="needs dpkg-deb")
ADDONS = "usr/lib/python3/dist-packages/odoo/addons"


def make_package(folder, link_target):
    """A small stand-in for the package of Odoo 19."""
    content = folder / "content"
    for name in ("sale", "web/static"):
        (content / ADDONS / name).mkdir(parents=True)
    release = "version_info = (19, 0, 0, 'final', 0, '')\n"
    (content / ADDONS / "../release.py").write_text(release)
    (content / ADDONS / "web/static/font").symlink_to(link_target)
    (content / "DEBIAN").mkdir()
    (content / "DEBIAN/control").write_text(
        "Package: odoo-19\nVersion: 19.0.0\nArchitecture: all\n"
        "Maintainer: Nobody <nobody@example.com>\nDescription: stand-in\n"
    )
    package = folder / "odoo-19_19.0.0_all.deb"
    command = ["dpkg-deb", "--root-owner-group", "-b", content, package]
    subprocess.run(command, check=True, capture_output=True)
    shutil.rmtree(content)
    return package


@pytest.fixture
def stage(tmp_path, monkeypatch):
    """The launcher's folders for Odoo and its packages, in a temporary place."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(odoo_source, "ODOO", tmp_path / "odoo")
    monkeypatch.setattr(odoo_source, "STATE", tmp_path)
    monkeypatch.setattr(odoo_source, "NEEDED_BYTES", 0)
    folder = tmp_path / "cache/b2b/debian"
    folder.mkdir(parents=True)
    return tmp_path, folder


def fill_cache(folder, package):
    entry = {"file": package.name, "sha256": debian.sha256(package)}
    (folder / "manifest.json").write_text(json.dumps([entry]))


@needs_dpkg
def test_cached_packages_need_no_network(stage, monkeypatch):
    root, folder = stage
    fill_cache(folder, make_package(folder, "."))
    monkeypatch.setattr(apt, "mirror", lambda: pytest.fail("the network was used"))
    assert odoo_source.from_debian().version == "19.0"
    assert marker.is_complete(root / "odoo")


@needs_dpkg
def test_unfinished_unpacking_is_done_again(stage, capsys):
    root, folder = stage
    fill_cache(folder, make_package(folder, "."))
    for name in ("odoo", "odoo.partial"):
        (root / name / ADDONS).mkdir(parents=True)
        (root / name / "rest").touch()
    odoo_source.from_debian()
    assert "Removing an unfinished odoo.partial" in capsys.readouterr().out
    assert not (root / "odoo" / "rest").exists()
    assert not (root / "odoo.partial").exists()


@needs_dpkg
def test_finished_unpacking_is_kept(stage):
    root, folder = stage
    fill_cache(folder, make_package(folder, "."))
    odoo_source.from_debian()
    (root / "odoo" / "mine").touch()
    odoo_source.from_debian()
    assert (root / "odoo" / "mine").exists()


@needs_dpkg
def test_links_that_lead_nowhere_are_refused(stage):
    root, folder = stage
    fill_cache(folder, make_package(folder, "../no/such/font.ttf"))
    with pytest.raises(Failure, match="1 links lead nowhere"):
        odoo_source.from_debian()
    assert not (root / "odoo").exists()


def test_damaged_download_does_not_count(stage):
    _root, folder = stage
    package = folder / "odoo-19.deb"
    package.write_text("whole")
    fill_cache(folder, package)
    assert debian.cached_packages(folder) == [package]
    package.write_text("hal")
    assert debian.cached_packages(folder) is None
    package.unlink()
    assert debian.cached_packages(folder) is None


def test_damaged_file_never_reaches_the_cache(stage):
    root, folder = stage
    partial = root / "partial"
    partial.mkdir()
    (partial / "odoo-19.deb").write_text("half")
    wanted = [{"Package": "odoo-19", "SHA256": "0" * 64}]
    with pytest.raises(Failure, match="download of odoo-19 is damaged"):
        debian.keep(wanted, partial, folder)
    assert not list(folder.iterdir())


def test_unfinished_environment_is_made_again(monkeypatch, tmp_path):
    folder = tmp_path / "venv"
    (folder / "bin").mkdir(parents=True)
    (folder / "rest").touch()
    done = []
    monkeypatch.setattr(venv, "VENV", folder)

    def install(requirements, *_):
        assert not folder.exists(), "nothing of the old one is kept"
        folder.mkdir()
        done.append(requirements.name)

    monkeypatch.setattr(venv, "install", install)
    venv.create()
    venv.create()
    assert done == ["requirements.txt"], "what is complete is kept"


def test_environment_is_made_and_filled_by_one_command(monkeypatch, tmp_path):
    folder = tmp_path / "venv"
    monkeypatch.setattr(venv, "VENV", folder)
    monkeypatch.setattr(venv, "PYTHON", folder / "bin" / "python")
    monkeypatch.setattr(venv, "log_path", lambda name: tmp_path / f"{name}.log")
    empty = tmp_path / "requirements.txt"
    empty.write_text("")
    assert venv.install(empty, "Installing", lambda: "fetched") == "fetched"
    assert f"pip {venv.PIP[5:]} " in output([folder / "bin" / "pip", "--version"])
    assert venv.install_command(empty)[0] == folder / "bin" / "python"


def test_the_list_of_packages_is_complete():
    """pip looks for nothing beside it. Odoo knows two under other names."""
    done = subprocess.run(
        [PYTHON, "-m", "pip", "check"], capture_output=True, text=True, check=False
    )
    fine = ("odoo ", "No broken requirements")
    assert not [row for row in done.stdout.splitlines() if not row.startswith(fine)]


def test_changed_requirements_are_installed_on_top(monkeypatch, tmp_path):
    folder, requirements = tmp_path / "venv", tmp_path / "requirements.txt"
    requirements.write_text("a==1\n")
    done = []
    monkeypatch.setattr(venv, "VENV", folder)
    monkeypatch.setattr(venv, "BASE", requirements)

    def install(_requirements, title, _meanwhile):
        folder.mkdir(exist_ok=True)
        done.append(title)

    monkeypatch.setattr(venv, "install", install)
    venv.create()
    (folder / "mine").touch()
    requirements.write_text("a==2\n")
    venv.create()
    assert len(done) == 2 and done[1] == "Updating the Python packages"
    assert (folder / "mine").exists()


def test_what_a_link_points_to_is_never_removed(tmp_path):
    target = tmp_path / "target"
    target.mkdir()
    marker.complete(target)
    link = tmp_path / "link"
    link.symlink_to(target)
    marker.remove(link)
    assert marker.is_complete(target) and not link.exists()


def test_unfinished_cluster_is_made_again(checkout):
    done = checkout.b2b("db", "start")
    assert done.returncode == 0, done.stderr
    checkout.b2b("db", "stop")
    base = checkout.state / "pg"
    (base / marker.NAME).unlink()
    (base / "data" / "PG_VERSION").unlink()
    done = checkout.b2b("db", "start")
    assert done.returncode == 0, done.stderr
    assert "Creating the database cluster: done" in done.stdout


def test_file_left_by_a_crashed_server_is_no_obstacle(checkout):
    checkout.b2b("db", "start")
    checkout.b2b("db", "stop")
    # Process 1 runs always, but it is no database server.
    (checkout.state / "pg/data/postmaster.pid").write_text("1\n")
    done = checkout.b2b("db", "start")
    assert done.returncode == 0, done.stderr


def test_users_that_died_do_not_keep_the_server(monkeypatch, tmp_path):
    monkeypatch.setattr(cluster, "PG", tmp_path)
    folder = cluster.users_folder()
    (folder / "999999999").touch()
    (folder / "1").touch()
    assert [path.name for path in cluster.others()] == ["1"]
    assert not (folder / "999999999").exists()


def stand_in_python(folder, code):
    """A Python that answers only whether it is suitable, by its exit code."""
    python = folder / "python3"
    python.write_text(f"#!/bin/sh\nexit {code}\n")
    python.chmod(0o755)
    return python


@pytest.mark.parametrize("code", [0, 1])
def test_the_distributions_python_is_taken_if_it_suits(code, tmp_path, monkeypatch):
    distribution = stand_in_python(tmp_path, code)
    monkeypatch.setattr(venv, "DISTRIBUTION", distribution)
    expected = starting_python() if code else distribution
    assert venv.fastest_python() == expected


def test_a_python_of_another_version_is_not_taken(tmp_path, monkeypatch):
    python = tmp_path / "python3"
    python.write_text(
        f"""#!/bin/sh
exec {PYTHON} -c "import sys; sys.version_info = (3, 9); exec(sys.argv[1])" "$2"
"""
    )
    python.chmod(0o755)
    monkeypatch.setattr(venv, "DISTRIBUTION", python)
    assert venv.fastest_python() == starting_python()
    monkeypatch.setattr(venv.sys, "version_info", (3, 9))
    assert venv.fastest_python() == python


def test_without_a_python_of_the_distribution_ours_is_taken(tmp_path, monkeypatch):
    monkeypatch.setattr(venv, "DISTRIBUTION", tmp_path / "python3")
    assert venv.fastest_python() == starting_python()
