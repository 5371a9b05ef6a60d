"""Reading a pasted list or a CSV file of people to invite."""

import csv
import io
import re
from dataclasses import dataclass

#: Longest name of a person, and longest address that mail knows (RFC 5321).
NAME_LENGTH = 100
ADDRESS_LENGTH = 254
#: Invitations in an hour: of a company's own administrators, and to one address.
WINDOW_MINUTES = 60
PER_PARTY = 50
PER_ADDRESS = 3

COLUMNS = ("name", "email", "role", "supervisor")
DELIMITERS = "\t;,"
HEADINGS = frozenset({"email", "mail", "emailaddress", "mailaddress"})
ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")


@dataclass(frozen=True)
class Row:
    """One person to invite, as it was typed."""

    number: int
    name: str
    email: str
    role: str = ""
    supervisor: str = ""


def delimiter_of(text):
    """The sign between the columns: the one that stands in most lines."""
    lines = [line for line in text.splitlines() if line.strip()]
    counts = {sign: sum(sign in line for line in lines) for sign in DELIMITERS}
    return max(DELIMITERS, key=lambda sign: counts[sign])


def is_address(text):
    """Whether this can be an e-mail address."""
    return bool(ADDRESS.fullmatch(text))


def too_many(sent_by_party, sent_to_address, by_staff):
    """Which limit one more invitation would break: ``party``, ``address`` or nothing.

    :param int sent_by_party: by this party in the last hour
    :param int sent_to_address: by this party to the same address in the last hour
    :param bool by_staff: our own people invite whole lists
    """
    if sent_to_address >= PER_ADDRESS:
        return "address"
    return "party" if sent_by_party >= PER_PARTY and not by_staff else ""


def _is_heading(cells):
    second = re.sub(r"[\W_]", "", cells[1]).lower() if len(cells) > 1 else ""
    return second in HEADINGS


def read_rows(text):
    """The rows of a pasted list; a heading and empty lines are skipped.

    :param str text: name, e-mail, role, e-mail of the supervisor; separated by tab,
        semicolon or comma
    :return: list of :class:`Row`, numbered as the lines of the text
    """
    reader = csv.reader(
        io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter_of(text)
    )
    rows = []
    for cells in reader:
        cells = [cell.strip() for cell in cells]
        if not any(cells):
            continue
        if not rows and _is_heading(cells):
            continue
        cells = (cells + [""] * len(COLUMNS))[: len(COLUMNS)]
        rows.append(Row(reader.line_num, *cells))
    return rows


def repeated(emails):
    """Positions of addresses that stood further up already, regardless of case."""
    seen, again = set(), []
    for position, email in enumerate(emails):
        key = email.strip().lower()
        if key and key in seen:
            again.append(position)
        seen.add(key)
    return again
