"""Every public method of ours, called by RPC as rival, buyer and external agent.

The methods come from the running registry: a new one is called without being asked.
What a method needs to be called with stands in ARGUMENTS; one that needs something
else fails here until it is told.
"""

import pytest

from .conftest import run_inside

LOGINS = ("rival", "buyer", "agent")
ARGUMENTS = {
    # Not empty: Odoo ends some calls before it looks at rights when nothing is asked.
    "vals": {"display_name": "x"},
    "vals_list": [{}],
    "field_name": "text",
    "fields": ["name"],
    "fields_list": ["display_name"],
    "data": [["x"]],
    "product": 1,
    "translations": {"en_US": "x"},
    "party_id": 1,
    "product_id": 1,
    "days": {"0": []},
    "model_name": "sale.order",
}
#: Methods that take no records.
ON_MODEL = {
    "b2b_week",
    "create",
    "default_get",
    "get_data",
    "load",
    "search",
    "search_count",
    "search_read",
    "name_search",
    "name_create",
    "web_search_read",
    "formatted_read_group",
}
#: Odoo tells everybody how a form is drawn and which actions there are; ours only take
#: something out of it.
OPEN_TO_ALL = {"get_view", "get_bindings"}
#: Odoo's own doors into a model, with what they are called with after the ids.
DOORS = {
    "read": [["display_name"]],
    "search_read": [[], ["id"]],
    "search": [[]],
    "search_count": [[]],
    "name_search": [""],
    "name_create": ["x"],
    "web_search_read": [[], {"display_name": {}}],
    "web_read": [{"display_name": {}}],
    "formatted_read_group": [[], ["id"]],
    "export_data": [["id"]],
    "create": [[{}]],
    "write": [{}],
    "web_save": [{}, {"display_name": {}}],
    "copy": [],
    "unlink": [],
    "action_archive": [],
    "action_unarchive": [],
}
#: Refusals before anybody's rights are looked at: ledgers that nobody changes, Odoo's
#: right to export, models that cannot be archived.
CLOSED_FOR_ALL = {
    **dict.fromkeys(
        ("create", "write", "unlink", "copy", "web_save", "export_data"), "UserError"
    ),
    **dict.fromkeys(("action_archive", "action_unarchive"), "AssertionError"),
}
#: Reading what is one's own is no way in.
BUYER_MAY = {
    ("sale.order", "b2b_compare_agreements"),
    ("sale.order", "copy_data"),
    ("sale.order", "get_portal_last_transaction"),
    ("sale.order.line", "b2b_explain_price"),
    ("res.partner", "address_get"),
    ("mail.message", "read"),
}


@pytest.fixture(scope="module")
def records(staff, victim, offered):
    """One record of the victim per model, else any one, else a number of nothing."""
    own = {
        "sale.order": [("id", "=", victim.order)],
        "sale.order.line": [("order_id", "=", victim.order)],
        "res.partner": [("id", "=", victim.party)],
        "mail.message": [("model", "=", "sale.order"), ("res_id", "=", victim.order)],
    }
    models = {model for model, _method, _required in offered["methods"]}
    models |= {
        row["model"]
        for row in staff.call(
            "ir.model",
            "search_read",
            [("model", "=like", "b2b.%"), ("abstract", "=", False)],
            ["model"],
        )
    }
    found = {}
    for model in sorted(models):
        if staff.call(
            "ir.model", "search", [("model", "=", model), ("abstract", "=", True)]
        ):
            found[model] = []
            continue
        domain = own.get(model, [])
        try:
            found[model] = staff.call(model, "search", domain, limit=1) or [1]
        except Exception:
            found[model] = [1]
    return found


def ask(stack, demo_server, calls):
    answers = run_inside(stack, demo_server.database, "probe.py", calls)
    return list(zip(calls, answers, strict=True))


def told(call, answer):
    login, model, method, _arguments = call
    what = "wrote" if answer["wrote"] else "went through"
    if answer["refused"]:
        what = f"{answer['refused'][0]}: {answer['message']}"
    return f"{login}: {model}.{method}: {what}"


def test_the_orm_is_closed_for_portal_users(stack, demo_server, records):
    calls = [
        [login, model, door, ([] if door in ON_MODEL else [ids]) + arguments]
        for login in LOGINS
        for model, ids in records.items()
        if model.startswith("b2b.") and ids
        for door, arguments in DOORS.items()
    ]
    assert len(calls) > 500
    through = [
        told(call, answer)
        for call, answer in ask(stack, demo_server, calls)
        if "AccessError" not in answer["refused"]
        and CLOSED_FOR_ALL.get(call[2], "?") not in answer["refused"]
        and not (call[2] == "name_create" and answer["empty"] and not answer["wrote"])
    ]
    assert not through, "\n".join(through)


def test_our_methods_refuse_portal_users(stack, demo_server, records, offered):
    calls = []
    for model, method, required in offered["methods"]:
        unknown = set(required) - set(ARGUMENTS)
        assert not unknown, f"{model}.{method} needs {unknown}: add it to ARGUMENTS"
        if method in OPEN_TO_ALL:
            continue
        if not records[model] and method in DOORS and method not in ON_MODEL:
            continue  # an abstract model has no records to write or delete
        ids = [] if method in ON_MODEL or not records[model] else [records[model]]
        arguments = ids + [ARGUMENTS[parameter] for parameter in required]
        calls += [[login, model, method, arguments] for login in LOGINS]
    bad = []
    for call, answer in ask(stack, demo_server, calls):
        login, model, method, _arguments = call
        own = login == "buyer" and (model, method) in BUYER_MAY
        harmless = not answer["refused"] and not answer["wrote"]
        # A window shows what its reader may see; opening one tells nothing.
        if harmless and (own or answer["window"]):
            continue
        if "UserError" not in answer["refused"]:
            bad.append(told(call, answer))
    assert not bad, "\n".join(bad)


@pytest.fixture(scope="module")
def outsider(staff):
    """A rep who looks after own parties only, and has none."""
    groups = [
        staff.call(
            "ir.model.data",
            "search_read",
            [("module", "=", module), ("name", "=", name)],
            ["res_id"],
        )[0]["res_id"]
        for module, name in (("b2b_party", "group_rep"), ("base", "group_allow_export"))
    ]
    staff.call(
        "res.users",
        "create",
        {
            "name": "Outsider",
            "login": "outsider",
            "b2b_own_parties_only": True,
            "group_ids": [[4, group] for group in groups],
        },
    )
    return "outsider"


def test_a_rep_for_own_parties_reaches_nothing_of_others(
    stack, demo_server, victim, offered, staff, outsider
):
    """Every door of Odoo and every method of ours, on records of the victim."""
    ids = {
        "res.partner": [victim.party],
        "sale.order": [victim.order],
        "b2b.seat": [victim.seat],
        "b2b.budget": [victim.budget],
        "b2b.agreement": [victim.agreement],
        "b2b.order.hold": staff.call(
            "b2b.order.hold", "search", [("party_id", "=", victim.party)], limit=1
        ),
        "sale.order.line": staff.call(
            "sale.order.line", "search", [("order_id", "=", victim.order)], limit=1
        ),
    }
    refusing = {"read", "web_read", "write", "web_save", "unlink", "action_archive"}
    doors = {name: arguments for name, arguments in DOORS.items() if name in refusing}
    doors["read"] = [["create_date"]]
    doors["web_save"] = [{"active": True}, {"display_name": {}}]
    doors["export_data"] = [["create_date"]]
    calls = [
        [outsider, model, door, [found, *arguments]]
        for model, found in ids.items()
        for door, arguments in doors.items()
    ]
    calls += [
        [outsider, model, method, [ids[model], *(ARGUMENTS[name] for name in required)]]
        for model, method, required in offered["methods"]
        if model in ids and method not in ON_MODEL | OPEN_TO_ALL
    ]
    assert len(calls) > 60
    bad = []
    for call, answer in ask(stack, demo_server, calls):
        closed = (
            "UserError" in answer["refused"] or "AssertionError" in answer["refused"]
        )
        shut = (
            "AttributeError" in answer["refused"] or "ValueError" in answer["refused"]
        )
        harmless = call[2] not in doors and not answer["wrote"] and answer["empty"]
        if not (closed or shut or harmless or answer["window"]):
            bad.append(told(call, answer))
    assert not bad, "\n".join(bad)


def test_a_call_that_is_allowed_goes_through(stack, demo_server, victim):
    """The probe tells refused from allowed, else the tests above prove nothing."""
    calls = [
        ["buyer", "sale.order", "read", [[victim.order], ["name"]]],
        ["rival", "sale.order", "read", [[victim.order], ["name"]]],
        ["admin", "sale.order", "write", [[victim.order], {"note": "x"}]],
    ]
    own, foreign, staff = (answer for _call, answer in ask(stack, demo_server, calls))
    assert not own["refused"] and not own["wrote"]
    assert "AccessError" in foreign["refused"]
    assert not staff["refused"] and staff["wrote"]
