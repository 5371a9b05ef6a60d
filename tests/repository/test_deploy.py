"""The deployment files, checked as far as that goes without a container engine."""

import configparser
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tools.paths import ADDONS, ROOT

COMPOSE = ROOT / "docker-compose.yml"
OVERRIDES = sorted((ROOT / "deploy").glob("compose.*.yml"))
# What the entry points of the images read, and what Odoo itself reads.
KNOWN_ENVIRONMENT = {
    "odoo": {"HOST", "PORT", "USER", "PASSWORD", "PASSWORD_FILE"}
    | {"PGHOST_REPLICA", "PGPORT_REPLICA"},
    "postgres": {"POSTGRES_DB", "POSTGRES_USER", "POSTGRES_PASSWORD_FILE"},
    "nginx": set(),
}
# Made by the administrator, told in deploy/secrets/README.md.
SECRETS = ROOT / "deploy" / "secrets"


class ComposeLoader(yaml.SafeLoader):
    """Knows the tags by which an override takes values away."""


ComposeLoader.add_constructor("!reset", lambda loader, node: None)


def load(path):
    return yaml.load(path.read_text(), ComposeLoader)


def services():
    return load(COMPOSE)["services"]


def image(name):
    return services()[name]["image"].split(":")[0]


@pytest.mark.parametrize("path", [COMPOSE, *OVERRIDES], ids=lambda path: path.name)
def test_compose_file_is_valid(path):
    content = load(path)
    assert content["services"]
    for name, service in content["services"].items():
        assert name in services(), f"{path.name} changes the unknown service {name}"
        if path == COMPOSE:
            assert re.fullmatch(r"[\w/-]+:[\w.]+", service["image"])


def test_official_images_of_the_supported_versions():
    assert services()["odoo"]["image"] == services()["init"]["image"] == "odoo:19.0"
    assert services()["db"]["image"] == services()["replica"]["image"] == "postgres:17"


def mounts():
    for name, service in services().items():
        for mount in service.get("volumes", []):
            yield name, mount


@pytest.mark.parametrize(("service", "mount"), mounts())
def test_every_mounted_path_exists(service, mount):
    source, target, *mode = mount.split(":")
    assert target.startswith("/")
    if not source.startswith("."):
        assert source in load(COMPOSE)["volumes"]
        return
    path = (ROOT / source).resolve()
    assert mode == ["ro"], f"{service} may change {source} of the checkout"
    assert path.exists() or SECRETS in path.parents


@pytest.mark.parametrize("path", [COMPOSE, *OVERRIDES], ids=lambda path: path.name)
def test_environment_is_known_to_the_images(path):
    for name, service in load(path)["services"].items():
        given = set(service.get("environment") or {})
        assert given <= KNOWN_ENVIRONMENT[image(name)], name


def test_everything_that_runs_has_a_health_check_and_restarts():
    for name, service in services().items():
        if name == "init":
            assert service["restart"] == "no"
            continue
        assert service["healthcheck"]["test"][0] == "CMD", name
        assert service["restart"] == "unless-stopped", name


def test_dependencies_wait_for_health():
    for name, service in services().items():
        for parent, wish in service.get("depends_on", {}).items():
            expected = "service_healthy"
            if parent == "init":
                expected = "service_completed_successfully"
            assert wish["condition"] == expected, f"{name} on {parent}"


def test_profiles_leave_the_plain_start_alone():
    optional = {n: s["profiles"] for n, s in services().items() if "profiles" in s}
    assert optional == {"proxy": ["proxy"], "replica": ["replica"]}


def test_passwords_come_from_files_only():
    text = COMPOSE.read_text()
    assert not re.search(r"^\s*\w*PASSWORD:", text, re.M)
    assert load(COMPOSE)["secrets"]["db_password"]["file"].startswith(
        "./deploy/secrets/"
    )
    ignored = subprocess.run(
        ["git", "check-ignore", "-q", "deploy/secrets/db_password"],
        cwd=ROOT,
        check=False,
    )
    assert ignored.returncode == 0, "a secret could be committed"


def odoo_options():
    from odoo.tools import config

    return config.options_index


@pytest.mark.parametrize("name", ["odoo.conf", "deploy/odoo.conf"])
def test_options_are_known_to_odoo(name):
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / name)
    assert parser.sections() == ["options"]
    unknown = set(parser["options"]) - set(odoo_options())
    assert not unknown, f"{name}: Odoo 19 does not know {sorted(unknown)}"


def production():
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "deploy" / "odoo.conf")
    return parser["options"]


def test_production_serves_one_database_without_a_manager():
    options = production()
    assert options["list_db"] == "False"
    assert options["dbfilter"] == f"^{options['db_name']}$"
    assert options["proxy_mode"] == "True"
    assert options["with_demo"] == "False"


def postgres_settings():
    lines = (ROOT / "deploy/postgres/postgresql.conf").read_text().splitlines()
    return dict(
        re.split(r"\s*=\s*", line, maxsplit=1)
        for line in lines
        if line and not line.startswith("#")
    )


def test_connections_fit_the_database_server():
    options = production()
    processes = int(options["workers"]) + int(options["max_cron_threads"])
    needed = processes * int(options["db_maxconn"]) + int(options["db_maxconn_gevent"])
    assert needed < int(postgres_settings()["max_connections"])


def test_database_settings_are_known(templates):
    rows = templates.server.execute("SELECT name FROM pg_settings")[0]
    assert set(postgres_settings()) <= {name for (name,) in rows}


def test_initial_modules_are_the_addons(tmp_path):
    """The list of deploy/init.sh: all but bridges and the demo business."""
    script = (ROOT / "deploy" / "init.sh").read_text()
    listing = re.search(r"modules=\$\(grep -L.*?\n.*?\)\n", script)[0]
    found = subprocess.run(
        ["bash", "-c", f"addons={ADDONS}\n{listing}\necho $modules"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    from tools import addons

    assert sorted(found) == sorted(addons.installed_explicitly(addons.manifests()))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "deploy").rglob("*.sh")), ids=lambda path: path.name
)
def test_scripts_parse_and_stop_at_errors(path):
    subprocess.run(["bash", "-n", path], check=True)
    assert "set -euo pipefail" in path.read_text()


def nginx_blocks(text):
    """Top-level reading of the proxy's configuration: no brace left open."""
    plain = re.sub(r"#.*", "", text)
    assert plain.count("{") == plain.count("}")
    statements = re.sub(r"[{}]", ";", plain).split(";")
    return [" ".join(part.split()) for part in statements if part.strip()]


def test_proxy_forwards_what_odoo_needs():
    statements = nginx_blocks((ROOT / "deploy/nginx.conf").read_text())
    for wanted in (
        "location /websocket",
        "proxy_set_header Upgrade $http_upgrade",
        "proxy_set_header Connection $connection_upgrade",
        "proxy_set_header X-Forwarded-Host $http_host",
        "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for",
        "proxy_set_header X-Forwarded-Proto $scheme",
        "proxy_set_header X-Real-IP $remote_addr",
        "proxy_cookie_flags session_id samesite=lax secure",
        "location /web/database",
    ):
        assert wanted in statements
    ports = {line.split()[-1] for line in statements if line.startswith("server odoo")}
    options = production()
    assert ports == {f"odoo:{options['http_port']}", f"odoo:{options['gevent_port']}"}


def test_secrets_are_documented():
    text = (SECRETS / "README.md").read_text()
    for source in re.findall(r"\./deploy/secrets/([\w/]+)", COMPOSE.read_text()):
        assert Path(source).parts[0] in text
