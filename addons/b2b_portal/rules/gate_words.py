"""What the main button of the checkout says for the gate's answer."""

from dataclasses import dataclass

PLACE = "place"
APPROVAL = "approval"
CHECK = "check"
SOLVE = "solve"


@dataclass(frozen=True)
class Answer:
    """``kind`` is one of the constants above; ``deciders`` are names."""

    kind: str
    deciders: tuple = ()


def answer(findings, acknowledged=(), deciders=()):
    """Sum the findings up to what pressing the button would do.

    A buyer's hold comes first: the customer's own people say yes before we look.

    :param findings: list of findings (severity, side, code)
    :param acknowledged: codes of warnings that the orderer has ticked
    :param deciders: names of the people asked for the buyer's findings
    """
    severities = {f.severity for f in findings}
    open_warning = any(
        f.severity == "warn" and f.code not in acknowledged for f in findings
    )
    if "block" in severities or open_warning:
        return Answer(SOLVE, tuple(deciders))
    holds = [f for f in findings if f.severity == "authorize"]
    if any(f.side == "buyer" for f in holds):
        return Answer(APPROVAL, tuple(deciders))
    return Answer(CHECK) if holds else Answer(PLACE)
