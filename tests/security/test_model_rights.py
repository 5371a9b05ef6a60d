"""Every model of ours has rights for staff, none for portal users, a company rule."""

import pytest

PORTAL_GROUPS = {
    "base.group_portal",
    "base.group_public",
    "b2b_party.group_buyer",
    "b2b_party.group_agent",
}
# Rows that are only reached through a record that carries the company.
WITHOUT_COMPANY = {
    "b2b.person": "shared by all parties of a person",
    "b2b.access.attempt": "counts what comes from one network, kept for a day",
}


@pytest.fixture(scope="module")
def admin(demo_server):
    from tests.support.clients import HttpSession, Rpc

    session = HttpSession(demo_server).sign_in("admin")
    yield Rpc(session)
    session.close()


@pytest.fixture(scope="module")
def models(admin):
    found = admin.call(
        "ir.model",
        "search_read",
        [("model", "=like", "b2b.%"), ("abstract", "=", False)],
        ["model", "transient"],
    )
    assert len(found) > 10, "the suite is installed"
    return {row["model"]: row for row in found}


def external_ids(admin, model, ids):
    names = admin.call(model, "get_external_id", sorted(ids))
    return {int(key): name for key, name in names.items()}


def test_staff_have_rights_and_portal_users_none(admin, models):
    rows = admin.call(
        "ir.model.access",
        "search_read",
        [("model_id.model", "in", list(models))],
        ["model_id", "group_id", "perm_read"],
    )
    by_id = {row["id"]: name for name, row in models.items()}
    groups = external_ids(
        admin, "res.groups", {row["group_id"][0] for row in rows if row["group_id"]}
    )
    readers = {name: set() for name in models}
    for row in rows:
        name = by_id[row["model_id"][0]]
        assert row["group_id"], f"{name}: rights for everybody"
        if row["perm_read"]:
            readers[name].add(groups[row["group_id"][0]])
    for name, found in readers.items():
        assert found, f"{name}: no rights for staff"
        assert not found & PORTAL_GROUPS, f"{name}: rights for portal users"


def test_every_model_has_a_global_company_rule(admin, models):
    rules = admin.call(
        "ir.rule",
        "search_read",
        [("model_id.model", "in", list(models)), ("groups", "=", False)],
        ["model_id", "domain_force"],
    )
    by_id = {row["id"]: name for name, row in models.items()}
    ruled = {
        by_id[rule["model_id"][0]]
        for rule in rules
        if "company_id" in (rule["domain_force"] or "")
    }
    missing = {
        name
        for name, row in models.items()
        if not row["transient"] and name not in ruled and name not in WITHOUT_COMPANY
    }
    assert not missing, f"without a company rule: {sorted(missing)}"


def test_every_model_of_a_party_has_a_rule_for_own_parties(admin, models):
    """Staff marked "own parties only" see nothing of others, in any addon."""
    fields = admin.call(
        "ir.model.fields",
        "search_read",
        [
            (
                "model",
                "in",
                [name for name, row in models.items() if not row["transient"]],
            ),
            ("relation", "=", "res.partner"),
            ("ttype", "=", "many2one"),
            ("name", "in", ("party_id", "partner_id")),
        ],
        ["model"],
    )
    of_party = {row["model"] for row in fields}
    assert len(of_party) > 8, "seats, budgets, agreements, points, holds ..."
    rules = admin.call(
        "ir.rule",
        "search_read",
        [("model_id.model", "in", sorted(of_party)), ("groups", "=", False)],
        ["model_id", "domain_force"],
    )
    by_id = {row["id"]: name for name, row in models.items()}
    ruled = {
        by_id[rule["model_id"][0]]
        for rule in rules
        if "_b2b_own_" in (rule["domain_force"] or "")
    }
    assert not of_party - ruled, f"open for all reps: {sorted(of_party - ruled)}"
