"""What ./b2b accepts."""

import pytest

from tools import cli, testing
from tools.console import Failure
from tools.paths import ADDONS, ROOT
from tools.testing import Selection, workers


def parsed(*words):
    return cli.parser().parse_args(words)


@pytest.mark.parametrize("words", [(), ("dmeo",), ("demo", "--prot", "1"), ("db",)])
def test_unknown_words_are_refused_with_usage(words, capsys):
    with pytest.raises(SystemExit) as ended:
        parsed(*words)
    assert ended.value.code == 2
    assert "usage: b2b" in capsys.readouterr().err


@pytest.mark.parametrize("value", ["0", "65536", "-1", "eighty", "8069.5", ""])
def test_a_port_is_a_number_of_a_port(value, capsys):
    with pytest.raises(SystemExit):
        parsed("demo", "--port", value)
    assert "--port" in capsys.readouterr().err


def test_defaults():
    options = parsed("demo")
    assert options.port == 8069
    assert not (options.no_serve or options.fresh or options.website)
    assert parsed("shell").database == "demo"
    assert parsed("shell", "-d", "other").database == "other"
    assert parsed("bench").names == []
    assert parsed("db", "url", "x").database == "x"


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as ended:
        parsed("--help")
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    for command in ("demo", "test", "bench", "shell", "odoo", "db"):
        assert f"\n    {command} " in shown


@pytest.mark.parametrize(
    ("words", "odoo", "shop"),
    [
        ((), "addons", True),
        (("-k", "addons"), "addons", True),
        (("--fast", "-q"), "addons", True),
        (("addons/b2b_party/tests/unit",), "", False),
        (("tests/launcher", "tests/repository"), "", False),
        (("tests/browser/test_pages.py::test_x",), "", True),
        (("addons/b2b_party",), "addons", False),
        (("addons/b2b_demo",), "demo", False),
        (("addons/b2b_demo", "addons/b2b_party"), "addons", False),
        (("addons", "tests/launcher"), "addons", False),
        (("tests",), "", True),
        ((".",), "addons", True),
    ],
)
def test_only_what_the_asked_for_tests_need_is_built(words, odoo, shop):
    assert Selection.of(list(words), ROOT) == Selection(odoo=odoo, shop=shop)


@pytest.mark.parametrize(
    ("cores", "words", "count"),
    [
        (2, (), 2),
        (2, ("--at-least", "1900"), 2),
        (16, ("--fast",), 4),
        (1, (), 0),
        (2, ("tests/launcher",), 0),
        (2, ("tests/launcher", "-n", "3"), 3),
        (2, ("-n", "0"), 0),
    ],
)
def test_a_whole_run_is_shared_among_the_cores(monkeypatch, cores, words, count):
    monkeypatch.setattr(testing.os, "cpu_count", lambda: cores)
    assert workers(list(words), ROOT) == count


def test_a_number_of_processes_is_a_number():
    with pytest.raises(Failure, match="not auto"):
        workers(["-n", "auto"], ROOT)


def test_paths_are_those_of_the_users_folder():
    assert Selection.of(["b2b_party"], ADDONS).odoo


def test_what_follows_odoo_and_test_is_passed_on(monkeypatch):
    seen = []
    monkeypatch.setattr(cli, "stop_on_signals", lambda: None)
    monkeypatch.setattr(cli.cluster, "leave", lambda: None)
    monkeypatch.setattr(cli, "run_odoo", lambda _options, rest: seen.append(rest))
    cli.main(["odoo", "--help", "-d", "x"])
    monkeypatch.setattr(cli.testing, "run", lambda _options, rest: seen.append(rest))
    cli.main(["test", "-k", "a b", "--fast", "--help"])
    assert seen == [["--help", "-d", "x"], ["-k", "a b", "--fast", "--help"]]
