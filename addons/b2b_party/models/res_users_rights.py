from lxml import etree

from odoo import api, fields, models, tools

from ..rules import staff_rights

ASKED = staff_rights.groups_asked()


class ResUsers(models.Model):
    """Which fields a colleague reads and writes, by job role."""

    _inherit = "res.users"

    b2b_role_ids = fields.Many2many(
        "res.groups",
        string="Job roles",
        compute="_compute_b2b_role_ids",
        inverse="_inverse_b2b_role_ids",
        domain=lambda self: [("id", "in", self._b2b_role_groups().ids)],
        groups="base.group_erp_manager",
        help="B2B job roles of this colleague, freely combined. “Administrator” "
        "holds them all.",
    )

    @api.model
    def _b2b_role_groups(self):
        """The groups of the job roles, in the order of the table."""
        refs = (f"b2b_party.group_{role}" for role in staff_rights.ROLES)
        found = (self.env.ref(ref, raise_if_not_found=False) for ref in refs)
        return self.env["res.groups"].union(*(group for group in found if group))

    @api.depends("group_ids")
    def _compute_b2b_role_ids(self):
        roles = self._b2b_role_groups()
        for user in self:
            user.b2b_role_ids = user.group_ids & roles

    def _inverse_b2b_role_ids(self):
        roles = self._b2b_role_groups()
        for user in self:
            gone = roles - user.b2b_role_ids
            commands = [(4, group.id) for group in user.b2b_role_ids]
            user.group_ids = commands + [(3, group.id) for group in gone]

    @tools.ormcache("self.id")
    def _b2b_held(self):
        """Names of the job roles and of the groups of Odoo that the table asks for.

        Cached with the groups: Odoo clears it whenever somebody's groups change.

        :return: frozenset; empty for people without any B2B job role, whom the table
            does not narrow, and for those who administer the database
        """
        if self.has_group("base.group_system"):
            return frozenset()
        held = {
            name
            for name in ASKED
            if self.has_group(name if "." in name else f"b2b_party.group_{name}")
        }
        if not held & set(staff_rights.ROLES):
            return frozenset()
        return frozenset(held)

    @tools.ormcache("self.id", "model", "name", "operation")
    def _b2b_field_allowed(self, model, name, operation):
        """What the table says about a field of a model."""
        held = self._b2b_held()
        if not held:
            return True
        row = staff_rights.GUARDED.get(model, {}).get(name)
        if row and not staff_rights.allowed(row, operation, held):
            return False
        if operation == "read" or model != "res.partner":
            return True
        if any(self.has_group(group) for group in staff_rights.CONTACT_EDITORS):
            return True
        return staff_rights.party_field_allowed(name, held)

    def _b2b_cost_line_domain(self):
        """Lines of the books without the cost of goods sold, for record rules.

        Those lines stand on the customer's own invoice: portal users and staff who
        may read invoices but no cost would find it there.
        """
        self.ensure_one()
        held = self._b2b_held()
        row = staff_rights.COST
        if self.share or (held and not staff_rights.allowed(row, "read", held)):
            return [("display_type", "!=", "cogs")]
        return [(1, "=", 1)]

    def _b2b_hidden_fields(self, model):
        """Names of guarded fields of a model that this user may not read."""
        return {
            name
            for name in staff_rights.GUARDED.get(model, {})
            if not self._b2b_field_allowed(model, name, "read")
        }

    def _b2b_fit_view(self, model, view):
        """A view of the web client for what this user may read and write.

        Hidden fields are taken out, also where records of another model are shown
        inside; a field he may not write is read-only, also where the view has a
        condition of its own, which would win over the field.

        :param dict view: as ``get_view`` answers; changed and returned
        """
        if not self._b2b_held():
            return view
        tree = etree.fromstring(view["arch"])
        changed = self._b2b_take_out(tree, model)
        for node in tree.xpath("//field[@readonly]"):
            if not self._b2b_field_allowed(model, node.get("name"), "write"):
                node.set("readonly", "True")
                changed = True
        if changed:
            view["arch"] = etree.tostring(tree, encoding="unicode")
        return view

    def _b2b_take_out(self, node, model):
        """Remove from a part of a view what this user may not read there.

        :param node: element of the view
        :param str model: whose fields its children are
        """
        hidden, fields_of = self._b2b_hidden_fields(model), self.env[model]._fields
        labels = {f"{name}_uom" for name in hidden}
        changed = False
        for child in list(node):
            name = child.get("name") or ""
            gone = {
                "field": name in hidden,
                "label": child.get("for") in hidden,
                "div": name in labels,
            }
            if gone.get(child.tag):
                node.remove(child)
                changed = True
                continue
            inner = model
            if child.tag == "field" and len(child) and name in fields_of:
                inner = fields_of[name].comodel_name or model
            changed |= self._b2b_take_out(child, inner)
        return changed
