"""The commands of ./b2b."""

import argparse
import sys

from . import bench, cluster, demo, testing
from .console import Failure, say
from .process import Stopped, stop_on_signals
from .setup import prepare

# What follows these belongs to another program, options included.
PASSED_THROUGH = ("odoo", "test")


def port(text):
    number = int(text)
    if not 0 < number < 65536:
        raise ValueError(text)
    return number


def parser():
    top = argparse.ArgumentParser(
        prog="b2b", description="B2B suite for Odoo 19: demo, tests and tools."
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="command")

    def add(name, run, **options):
        command = commands.add_parser(name, **options)
        command.set_defaults(run=run)
        return command

    shop = add("demo", demo.run, help="from nothing to a running shop with demo data")
    shop.add_argument("--port", type=port, default=8069, help="default: 8069")
    shop.add_argument("--no-serve", action="store_true", help="only build the database")
    shop.add_argument("--fresh", action="store_true", help="build the database anew")
    shop.add_argument("--website", action="store_true", help="add Odoo's web shop")
    add("test", testing.run, add_help=False, help="tests; takes pytest's arguments")
    figures = add("bench", bench.run, help="benchmarks against plain Odoo")
    figures.add_argument("names", nargs="*", help="default: all")
    shell = add(
        "shell", run_shell, help="Odoo shell; a script on standard input is run"
    )
    shell.add_argument("-d", "--database", default=demo.DATABASE)
    add("odoo", run_odoo, add_help=False, help="Odoo's own command line")
    server = add("db", run_db, help="the private database server")
    server.add_argument("action", choices=("start", "stop", "url"))
    server.add_argument("database", nargs="?", default="")
    return top


def run_shell(options, _rest):
    return prepare().interactive("shell", "-d", options.database, "--no-http")


def run_odoo(_options, rest):
    return prepare().interactive(*rest)


def run_db(options, _rest):
    if options.action == "stop":
        say(
            "Stopped." if cluster.stop_now() else "The database server was not running."
        )
        return 0
    address = prepare().address
    if options.action == "start" and address.private:
        cluster.keep()
    say(address.url(options.database))
    return 0


def main(arguments):
    through = bool(arguments) and arguments[0] in PASSED_THROUGH
    options = parser().parse_args(arguments[:1] if through else arguments)
    stop_on_signals()
    try:
        return options.run(options, arguments[1:] if through else [])
    except Failure as failure:
        log = f" Log: {failure.log}" if failure.log else ""
        print(f"b2b: {failure}{log}", file=sys.stderr)
        return 1
    except Stopped as stopped:
        print("\nb2b: stopped.", file=sys.stderr)
        return stopped.code
    finally:
        cluster.leave()
