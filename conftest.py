"""Options and hooks for every test, those inside the addons included."""

pytest_plugins = [
    "tests.support.plugin",
    "tests.support.log_watch",
]
