"""Documents: links lead somewhere, commands exist, logins are the real ones."""

import re

import pytest

from tests.support.repository import tracked
from tools import cli, demo
from tools.paths import ROOT

LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[\w-]*)?\)")
COMMAND = re.compile(r"\./b2b ([a-z]+)")


@pytest.mark.parametrize(
    "path", tracked("*.md"), ids=lambda path: str(path.relative_to(ROOT))
)
def test_links_lead_somewhere(path):
    targets = [t for t in LINK.findall(path.read_text()) if "://" not in t]
    missing = [t for t in targets if not (path.parent / t).exists()]
    assert not missing


def commands():
    actions = cli.parser()._subparsers._group_actions
    return set(actions[0].choices)


def test_documented_commands_exist():
    for path in tracked("*.md", "*.yml"):
        unknown = set(COMMAND.findall(path.read_text())) - commands()
        assert not unknown, path


def test_readme_lists_every_login_and_command():
    text = (ROOT / "README.md").read_text()
    for login, _hint in demo.LOGINS:
        assert f"`{login}`" in text, login
    for command in ("demo", "test"):
        assert f"./b2b {command}" in text


def test_licence_is_lgpl():
    text = (ROOT / "LICENSE").read_text()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text and "Version 3" in text
