"""The line of steps of an order page: received, approval, confirmed, delivery.

An order in advance has its payment between approval and confirmation.
"""

from dataclasses import dataclass

DONE = "done"
NOW = "now"
LATER = "later"
STOPPED = "stopped"

RECEIVED = "received"
APPROVAL = "approval"
PAYMENT = "payment"
CONFIRMED = "confirmed"
DELIVERY = "delivery"

WAITING = "waiting"
REFUSED = "refused"
EXPIRED = "expired"
ASKED_BACK = "asked_back"
CANCELLED = "cancelled"
DELIVERED = "delivered"
QUEUED = "queued"


@dataclass(frozen=True)
class Step:
    name: str
    state: str


def situation(state, submit_state, gate_state, delivered, expired=False):
    """One word for where an order stands, for titles, tags and filters.

    :param state: Odoo's state of the order
    :param submit_state: none, queued, waiting, done or failed
    :param gate_state: clear, held, refused, asked_back, expired, unpaid
        or empty
    :param delivered: everything was delivered
    :param expired: what was kept ended before somebody decided
    """
    if state == "cancel":
        return REFUSED if gate_state == "refused" else CANCELLED
    if state == "sale":
        return DELIVERED if delivered else CONFIRMED
    if gate_state in (REFUSED, ASKED_BACK):
        return gate_state
    if submit_state in (QUEUED, WAITING):
        return submit_state
    return EXPIRED if expired or submit_state == "failed" else RECEIVED


def steps(where):
    """The line for a situation; a step that was never needed counts as done."""
    position = {
        QUEUED: 0,
        RECEIVED: 0,
        WAITING: 1,
        CONFIRMED: 3,
        DELIVERED: 4,
    }.get(where)
    names = (RECEIVED, APPROVAL, CONFIRMED, DELIVERY)
    if position is None:
        return [Step(RECEIVED, DONE), Step(APPROVAL, STOPPED)] + [
            Step(name, LATER) for name in names[2:]
        ]
    return [
        Step(name, DONE if i < position else NOW if i == position else LATER)
        for i, name in enumerate(names)
    ]


def steps_in_advance(where, payment, asked):
    """The line of an order that is paid in advance.

    :param payment: state of the payment's step
    :param asked: ``now`` while somebody decides about the order besides, ``done``
        after it, empty when nobody does; the step of the approval is left out then
    """
    line = steps(where)
    approval = line[1]
    # Not paid in time, or money awaited: nobody has to decide any more.
    if payment == STOPPED or (payment == NOW and asked != NOW):
        approval = Step(APPROVAL, DONE)
    return line[:1] + [approval] * bool(asked) + [Step(PAYMENT, payment)] + line[2:]


def drawer(state, submit_state, historical, delivery_status):
    """Which filter of the order list an order belongs to."""
    if state == "sale":
        return "delivered" if historical or delivery_status == "full" else "open"
    if state in ("draft", "sent") and submit_state in (QUEUED, WAITING):
        return "waiting"
    return "ended"
