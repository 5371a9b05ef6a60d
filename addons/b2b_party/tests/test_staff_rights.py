from base64 import b64encode

from odoo.exceptions import AccessError
from odoo.fields import Date
from odoo.tests import Form, new_test_user, tagged

from ..rules.staff_rights import CONTACT_EDITORS, GUARDED, PARTY_FIELDS_OF, ROLES
from .common import PartyCase, tax_mark


@tagged("post_install", "-at_install")
class TestStaffRights(PartyCase):
    """Each job role alone, each guarded field, by every door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env,
                f"only_{role}",
                f"b2b_party.group_{role},base.group_allow_export",
            )
            for role in ROLES
        }
        # With its document the tax mark can be set.
        cls.party.write({**tax_mark(), "b2b_tax_mark": False})
        order = cls._make_order()
        order.action_confirm()
        cls.records = {
            "res.partner": cls.party,
            "product.template": cls.product.product_tmpl_id,
            "product.product": cls.product,
            "b2b.channel.terms": cls.env["b2b.channel.terms"].create(
                {
                    "party_id": cls.party.id,
                    "channel_id": cls.env.ref("b2b_party.channel_phone").id,
                }
            ),
            "sale.order": order,
            "sale.order.line": order.order_line,
            "stock.move": order.order_line.move_ids,
            "sale.report": cls.env["sale.report"].search([], limit=1),
            **cls._more_records(),
        }
        cls.group = cls.env["b2b.customer.group"].create({"name": "Matrix"})
        cls.pricelist = cls.env["product.pricelist"].create({"name": "Matrix"})
        cls.term = cls.env["account.payment.term"].create({"name": "Matrix"})
        cls.env.flush_all()

    @classmethod
    def _more_records(cls):
        """A supplier's price, a valued lot and an invoice."""
        product = cls.product.product_tmpl_id
        price = cls.env["product.supplierinfo"].create(
            {
                "product_tmpl_id": product.id,
                "partner_id": cls.rival_party.id,
                "price": 3.25,
                "discount": 10.0,
            }
        )
        lot = cls.env["stock.lot"].create({"name": "L1", "product_id": cls.product.id})
        line = {"product_id": cls.product.id, "price_unit": 5.0}
        invoice = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.party.id,
                "invoice_line_ids": [(0, 0, line)],
            }
        )
        invoice.action_post()
        cls.env.flush_all()
        report = cls.env["account.invoice.report"].search(
            [("product_id", "=", cls.product.id)], limit=1
        )
        rule = cls.env["product.pricelist.item"]
        if hasattr(rule, "_b2b_portal_closed"):
            rule = rule.create({"compute_price": "formula", "price_max_margin": 50})
        return {
            "product.pricelist.item": rule,
            "product.supplierinfo": price,
            "stock.lot": lot,
            "account.invoice.report": report,
        }

    def _fields(self):
        for model, fields in GUARDED.items():
            # Of another addon, or a view without records: tested by hand.
            if model not in self.env or self.env[model]._abstract:
                continue
            if not hasattr(self.env[model], "_b2b_portal_closed"):
                continue  # guarded by an addon that is not here
            if model not in self.records:
                self.assertIn("b2b.", model, "a model of Odoo needs a record here")
                continue
            for name, row in fields.items():
                if name in self.env[model]._fields:
                    yield model, name, row

    def _expected(self, user, role, model, name, row, operation):
        """By the table, the model's own rights and Odoo's groups of the field."""
        target = self.env[model].with_user(user)
        if not target.has_access(operation):
            return False
        groups = self.env[model]._fields[name].groups
        if groups and not user.has_groups(groups):
            return False
        asked = getattr(row, operation)
        odoo_groups = [group for group in asked if "." in group]
        held = role == "administrator" or role in asked
        if not held and not any(user.has_group(group) for group in odoo_groups):
            return False
        if operation == "read" or model != "res.partner":
            return True
        editor = any(user.has_group(group) for group in CONTACT_EDITORS)
        return editor or name in PARTY_FIELDS_OF.get(role, ())

    def _passes(self, door, record, name):
        """Whether a door lets through; anything but a lack of rights is an error."""
        self.env.invalidate_all()
        try:
            with self.cr.savepoint():
                answer = door(record, name)
                self.env.flush_all()
        except AccessError:
            return False
        return answer is not False

    def test_reading(self):
        doors = {
            "read": lambda r, n: r.read([n]),
            "web_read": lambda r, n: r.web_read({n: {}}),
            "search_read": lambda r, n: r.search_read([("id", "=", r.id)], [n]),
            "export": lambda r, n: r.export_data([n]),
            "fields_get": lambda r, n: n in r.fields_get([n]),
        }
        asked, wrong = 0, []
        for role, user in self.users.items():
            for model, name, row in self._fields():
                expected = self._expected(user, role, model, name, row, "read")
                record = self.records[model].with_user(user)
                if not record.has_access("read"):
                    continue
                for door, function in doors.items():
                    asked += 1
                    if self._passes(function, record, name) != expected:
                        wrong.append((role, model, name, door, expected))
        self.assertFalse(wrong)
        self.assertGreater(asked, 500)

    def test_searching_sorting_and_grouping(self):
        """What may not be read is not found out by asking for it either."""

        def total(records, name):
            is_flag = records._fields[name].type == "boolean"
            return f"{name}:{'bool_or' if is_flag else 'max'}"

        def part(records, name):
            return f"{name}:month" if records._fields[name].type == "date" else name

        doors = {
            "domain": lambda r, n: r.search([(n, "!=", False)], limit=1).ids,
            "count": lambda r, n: r.search_count([(n, "=", False)]),
            "search_read": lambda r, n: r.search_read([(n, "=", False)], ["id"]),
            "order": lambda r, n: r.search([], order=f"{n} desc", limit=1).ids,
            "group": lambda r, n: r.formatted_read_group([], [part(r, n)], ["__count"]),
            "sum": lambda r, n: r.formatted_read_group([], [], [total(r, n)]),
            "web_read_group": lambda r, n: r.web_read_group(
                [], [part(r, n)], ["__count"]
            ),
        }
        asked, wrong = 0, []
        for role, user in self.users.items():
            for model, name, row in self._fields():
                field = self.env[model]._fields[name]
                target = self.env[model].with_user(user)
                if not field.store or field.type in ("many2many", "binary"):
                    continue
                if not target.has_access("read"):
                    continue
                expected = self._expected(user, role, model, name, row, "read")
                for door, function in doors.items():
                    asked += 1
                    if self._passes(function, target, name) != expected:
                        wrong.append((role, model, name, door, expected))
        self.assertFalse(wrong)
        self.assertGreater(asked, 500)

    def test_a_path_through_another_model_is_no_way_around(self):
        paths = (
            ("stock.quant", "product_id.standard_price"),
            ("product.template", "seller_ids.price"),
            ("product.product", "seller_ids.discount"),
            ("sale.order.line", "product_id.standard_price"),
            ("sale.order.line", "move_ids.value"),
        )
        for role, may in (("rep", False), ("credit", False), ("pricing", True)):
            for model, path in paths:
                target = self.env[model].with_user(self.users[role])
                if not target.has_access("read"):
                    continue
                search = lambda r, n: r.search([(n, ">", 0)], limit=1).ids  # noqa: E731
                with self.subTest(role=role, path=path):
                    self.assertEqual(self._passes(search, target, path), may)
        rep = self.product.with_user(self.users["rep"])
        for path in ("seller_ids/price", "product_tmpl_id/standard_price"):
            with self.subTest(path=path), self.assertRaises(AccessError):
                rep.export_data([path])
        with self.assertRaises(AccessError):
            rep.web_read({"seller_ids": {"fields": {"price": {}}}})

    def _value(self, record, name):
        field = record._fields[name]
        if field.type in ("float", "monetary", "integer"):
            return 7.0
        if field.type == "boolean":
            return True
        if field.type == "selection":
            return record.sudo()[name] or field.get_values(self.env)[0]
        if field.type == "binary":
            return b64encode(b"%PDF")
        if field.type == "date":
            return Date.today()
        if field.type == "char":
            return "x.pdf"
        if field.type == "many2many":
            return [(4, self.manager.id)] if name == "b2b_rep_ids" else []
        models = {
            "b2b.customer.group": self.group,
            "product.pricelist": self.pricelist,
            "account.payment.term": self.term,
        }
        return models.get(field.comodel_name, self.env["res.partner"]).id

    def _import(self, record, name):
        value = self._value(record, name)
        field = record._fields[name]
        if field.type not in ("float", "monetary", "boolean", "selection"):
            return None
        if field.type == "selection":
            value = dict(field._description_selection(self.env))[value]
        answer = record.load([".id", name], [[str(record.id), str(value)]])
        if not answer["ids"]:
            raise AccessError(str(answer["messages"]))
        return True

    def test_writing(self):
        doors = {
            "write": lambda r, n: r.write({n: self._value(r, n)}),
            "web_save": lambda r, n: r.web_save({n: self._value(r, n)}, {"id": {}}),
            "load": self._import,
        }
        asked, wrong = 0, []
        for role, user in self.users.items():
            for model, name, row in self._fields():
                if self.env[model]._fields[name].readonly:
                    continue
                record = self.records[model].with_user(user)
                expected = self._expected(user, role, model, name, row, "write")
                for door, function in doors.items():
                    kind = self.env[model]._fields[name].type
                    simple = kind in ("float", "monetary", "boolean", "selection")
                    if door == "load" and not simple:
                        continue
                    asked += 1
                    if self._passes(function, record, name) != expected:
                        wrong.append((role, model, name, door, expected))
        self.assertFalse(wrong)
        self.assertGreater(asked, 200)

    def test_by_hand(self):
        """The table itself, in the words of the decision."""
        yes, no = self.assertTrue, self.assertFalse
        can = {
            role: lambda name, u=user: self._passes(
                lambda r, n: r.write({n: self._value(r, n)}),
                self.party.with_user(u),
                name,
            )
            for role, user in self.users.items()
        }
        yes(can["credit"]("credit_limit"))
        no(can["rep"]("credit_limit"))
        no(can["sales_manager"]("credit_limit"))
        no(can["pricing"]("credit_limit"))
        yes(can["pricing"]("specific_property_product_pricelist"))
        no(can["rep"]("specific_property_product_pricelist"))
        no(can["credit"]("specific_property_product_pricelist"))
        yes(can["sales_manager"]("property_payment_term_id"))
        yes(can["credit"]("property_payment_term_id"))
        no(can["rep"]("property_payment_term_id"))
        no(can["rep"]("b2b_rep_ids"))
        yes(can["sales_manager"]("b2b_rep_ids"))
        yes(can["administrator"]("credit_limit"))
        for role in ("credit", "pricing"):
            user = self.users[role]
            with self.assertRaises(AccessError):
                self.party.with_user(user).write({"name": "X"})
            with self.assertRaises(AccessError):
                self.env["res.partner"].with_user(user).create({"name": "X"})
        self.party.with_user(self.users["rep"]).write({"phone": "1"})

    def test_bank_accounts_are_of_the_credit_controller(self):
        make = self.env["res.partner.bank"].create
        theirs = make({"acc_number": "GB1", "partner_id": self.party.id})
        ours = make({"acc_number": "GB2", "partner_id": self.env.company.partner_id.id})
        for role, user in self.users.items():
            keeps = role in ("credit", "administrator")
            banks = (theirs | ours).with_user(user)
            with self.subTest(role=role):
                seen = banks.search([("id", "in", banks.ids)])
                self.assertEqual(seen, banks if keeps else ours)
                change = lambda b, _n: b.write({"acc_holder_name": "Thief"})  # noqa: E731
                for bank in banks:
                    self.assertEqual(self._passes(change, bank, ""), keeps)

    def test_channel_terms_are_kept_on_the_party_by_the_credit_controller(self):
        channel = self.env.ref("b2b_party.channel_portal")
        row = (0, 0, {"channel_id": channel.id, "payment_term_id": self.term.id})
        for role in ("pricing", "loyalty"):
            party = self.party.with_user(self.users[role])
            with self.subTest(role=role), self.assertRaises(AccessError):
                party.write({"b2b_channel_term_ids": [row]})
        party = self.party.with_user(self.users["credit"])
        party.write({"b2b_channel_term_ids": [row]})
        terms = self.party.b2b_channel_term_ids.filtered(
            lambda t: t.channel_id == channel
        )
        self.assertEqual(terms.payment_term_id, self.term)

    def test_people_without_a_job_role_keep_what_odoo_gives(self):
        odoo = new_test_user(
            self.env,
            "plain_odoo",
            "sales_team.group_sale_salesman,base.group_partner_manager,"
            "account.group_account_invoice",
        )
        self.party.with_user(odoo).write(
            {"credit_limit": 5.0, "property_payment_term_id": self.term.id}
        )
        self.assertEqual(self.party.credit_limit, 5.0)
        self.assertEqual(self.party.property_payment_term_id, self.term)
        [row] = self.product.with_user(odoo).read(["standard_price"])
        self.assertEqual(row["standard_price"], self.product.standard_price)
        bank = self.env["res.partner.bank"].with_user(odoo)
        made = bank.create({"acc_number": "GB3", "partner_id": self.party.id})
        self.assertEqual(made.partner_id, self.party)

    def test_roles_are_ticked_on_the_user(self):
        user = new_test_user(self.env, "ticked", "b2b_party.group_rep")
        credit = self.env.ref("b2b_party.group_credit")
        rep = self.env.ref("b2b_party.group_rep")
        self.assertEqual(user.b2b_role_ids, rep)
        user.b2b_role_ids = rep | credit
        self.assertTrue(user.has_group("b2b_party.group_credit"))
        user.b2b_role_ids = credit
        self.assertFalse(user.has_group("b2b_party.group_rep"))
        self.assertTrue(user.has_group("base.group_user"))

    def test_roles_add_up(self):
        both = new_test_user(
            self.env, "both", "b2b_party.group_rep,b2b_party.group_credit"
        )
        self.party.with_user(both).write({"credit_limit": 5.0, "phone": "1"})
        with self.assertRaises(AccessError):
            self.party.with_user(both).b2b_rep_ids = both

    def test_a_rep_makes_a_party_with_contacts_on_the_form(self):
        partners = self.env["res.partner"].with_user(self.users["rep"])
        with Form(partners, view="base.view_partner_form") as form:
            form.name = "Walk-in Ltd"
            form.company_type = "company"
            form.b2b_customer_type = "trade"
        party = form.record
        child = partners.create({"name": "C", "parent_id": party.id})
        self.party.sudo().write({"credit_limit": 9.0})
        moved = partners.create({"name": "D"})
        moved.parent_id = self.party
        self.assertEqual(child.b2b_customer_type, "trade")
        self.assertEqual(moved.sudo().credit_limit, 9.0)

    def test_the_form_does_not_ask_for_what_is_hidden(self):
        for role, shown in (("rep", False), ("pricing", True)):
            products = self.env["product.template"].with_user(self.users[role])
            views = products.get_views([(False, "form"), (False, "list")])
            with self.subTest(role=role):
                arch = views["views"]["form"]["arch"]
                self.assertEqual('"standard_price"' in arch, shown)
                fields = views["models"]["product.template"]["fields"]
                self.assertEqual("standard_price" in fields, shown)
        partners = self.env["res.partner"].with_user(self.users["rep"])
        fields = partners.fields_get(["property_payment_term_id"], ["readonly"])
        self.assertTrue(fields["property_payment_term_id"]["readonly"])

    def test_daily_work_goes_on(self):
        """Confirm, deliver and invoice with roles that do not see the cost."""
        desk = new_test_user(
            self.env,
            "works",
            "b2b_party.group_order_desk,b2b_party.group_delivery_planner,"
            "stock.group_stock_user,account.group_account_invoice",
        )
        self.product.invoice_policy = "order"
        order = self._make_order().with_user(desk)
        order.action_confirm()
        order.picking_ids.move_ids.quantity = 1
        order.picking_ids.button_validate()
        self.assertEqual(order.picking_ids.state, "done")
        invoice = order._create_invoices()
        invoice.action_post()
        rep = self.users["rep"]
        self.party.user_id = rep
        order = (
            self.env["sale.order"]
            .with_user(rep)
            .create(
                {
                    "partner_id": self.party.id,
                    "order_line": [(0, 0, {"product_id": self.product.id})],
                }
            )
        )
        order.action_confirm()
        order._create_invoices()
