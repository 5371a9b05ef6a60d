from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestCatalog(PricingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["b2b.catalog"].search([]).unlink()
        Category = cls.env["product.category"]
        cls.gifts = Category.create({"name": "Gifts"})
        cls.tins = Category.create({"name": "Tins", "parent_id": cls.gifts.id})
        cls.bags = Category.create({"name": "Bags"})
        cls.heart = cls.product
        cls.heart.categ_id = cls.gifts
        Product = cls.env["product.product"]
        cls.tin = Product.create(
            {"name": "Tin", "categ_id": cls.tins.id, "default_code": "T1"}
        )
        cls.bag = Product.create(
            {"name": "Jumbo bag", "categ_id": cls.bags.id, "barcode": "5012345678900"}
        )
        cls.hidden = Product.create(
            {"name": "Not sold", "categ_id": cls.bags.id, "sale_ok": False}
        )
        cls.ours = cls.heart | cls.tin | cls.bag | cls.hidden
        cls.group = cls.env["b2b.customer.group"].create({"name": "Gift shops"})

    def _catalog(self, **values):
        return self.env["b2b.catalog"].create({"name": "Catalog", **values})

    def _context(self, party=None):
        order = self.env["sale.order"].new(
            {"partner_id": (party or self.party).id, "company_id": self.company.id}
        )
        return order._b2b_price_context()

    def _sees(self, party=None):
        found = self.env["b2b.catalog"]._b2b_products(
            self._context(party), Domain("id", "in", self.ours.ids)
        )
        return found.sudo(False)

    def test_without_any_catalog_active_trade_parties_see_all_that_is_sold(self):
        self.assertEqual(self._sees(), self.heart | self.tin | self.bag)
        for state, sees in (("blocked", 3), ("pending", 0), ("rejected", 0)):
            self.party.b2b_state = state
            self.assertEqual(len(self._sees()), sees, state)
        retail = self.env["res.partner"].create({"name": "Walk-in"})
        self.assertFalse(self._sees(retail))

    def test_catalogs_add_up_and_exclusions_win(self):
        self._catalog(audience="trade", category_ids=self.gifts)
        self.assertEqual(self._sees(), self.heart | self.tin)
        self._catalog(
            audience="parties",
            party_ids=self.party,
            product_ids=self.bag.product_tmpl_id,
        )
        self.assertEqual(self._sees(), self.heart | self.tin | self.bag)
        self.assertEqual(self._sees(self.rival_party), self.heart | self.tin)
        hides = self._catalog(
            audience="groups",
            group_ids=self.group,
            excluded_category_ids=self.tins,
            excluded_product_ids=self.bag.product_tmpl_id,
        )
        self.assertFalse(hides.includes)
        self.assertEqual(len(self._sees()), 3)
        self.party.b2b_customer_group_id = self.group
        self.assertEqual(self._sees(), self.heart)

    def test_only_hiding_leaves_the_rest(self):
        self._catalog(
            audience="parties", party_ids=self.party, excluded_category_ids=self.gifts
        )
        self.assertEqual(self._sees(), self.bag)
        self.assertEqual(len(self._sees(self.rival_party)), 3)

    def test_a_party_without_catalog_sees_nothing_once_there_are_some(self):
        self._catalog(audience="parties", party_ids=self.rival_party, whole_range=True)
        self.assertFalse(self._sees())
        self.assertEqual(len(self._sees(self.rival_party)), 3)

    def test_everyone_includes_retail(self):
        retail = self.env["res.partner"].create({"name": "Walk-in"})
        self._catalog(audience="everyone", category_ids=self.tins)
        self.assertEqual(self._sees(retail), self.tin)

    def test_companies(self):
        company = self.env["res.company"].create({"name": "Second Ltd"})
        self._catalog(company_id=company.id, category_ids=self.tins)
        self.assertEqual(len(self._sees()), 3)
        self.bag.product_tmpl_id.company_id = company
        self.assertEqual(self._sees(), self.heart | self.tin)

    def test_allows_keeps_the_order_and_drops_the_rest(self):
        self._catalog(category_ids=self.gifts)
        asked = self.bag | self.tin | self.hidden | self.heart
        allowed = self.env["b2b.catalog"]._b2b_allows(self._context(), asked)
        self.assertEqual(allowed.ids, [self.tin.id, self.heart.id])
        self.assertFalse(
            self.env["b2b.catalog"]._b2b_allows(self._context(), self.bag.browse())
        )

    def test_bad_input(self):
        with self.refuses(ValidationError, "neither shows nor hides"):
            self._catalog()
        with self.refuses(ValidationError, "shows nothing"):
            self._catalog(category_ids=self.tins, excluded_category_ids=self.gifts)
        with self.refuses(ValidationError, "Name the customer groups"):
            self._catalog(audience="groups", whole_range=True)
        with self.refuses(ValidationError, "Name the parties"):
            self._catalog(audience="parties", whole_range=True)

    def test_counts_what_it_shows(self):
        catalog = self._catalog(
            category_ids=self.gifts, excluded_product_ids=self.tin.product_tmpl_id
        )
        self.assertEqual(catalog.product_count, 1)
        found = self.env["product.product"].search(catalog.action_preview()["domain"])
        self.assertEqual(found, self.heart)

    def test_cached_terms_follow_every_change(self):
        catalog = self._catalog(category_ids=self.tins)
        self.assertEqual(self._sees(), self.tin)
        below = self.env["product.category"].create(
            {"name": "Small tins", "parent_id": self.tins.id}
        )
        self.bag.categ_id = below
        self.assertEqual(self._sees(), self.tin | self.bag)
        below.parent_id = self.bags
        self.assertEqual(self._sees(), self.tin)
        other = self._catalog(excluded_product_ids=self.tin.product_tmpl_id)
        self.assertFalse(self._sees())
        other.active = False
        self.assertEqual(self._sees(), self.tin)
        catalog.category_ids = self.gifts
        self.assertEqual(self._sees(), self.heart | self.tin)
        self.party.b2b_state = "pending"
        self.assertFalse(self._sees())
        self.party.b2b_state = "active"
        catalog.unlink()
        self.assertEqual(len(self._sees()), 3)
        hides = self._catalog(excluded_category_ids=self.bags)
        self.heart.product_tmpl_id.b2b_catalog_ids = hides
        self.assertEqual(self._sees(), self.heart)

    def test_a_second_question_costs_one_query(self):
        self._catalog(category_ids=self.gifts)
        context = self._context()
        self.env["b2b.catalog"]._b2b_allows(context, self.ours)
        with self.assertQueryCount(1):
            self.env["b2b.catalog"]._b2b_allows(context, self.ours)

    # -- search --

    def test_search_finds_name_code_own_code_and_barcode(self):
        self.env["b2b.product.code"].create(
            {
                "party_id": self.party.id,
                "product_id": self.heart.id,
                "code": "BW-1042",
                "name": "Herz",
            }
        )

        def find(text, party=None):
            context = self._context(party)
            catalog = self.env["b2b.catalog"]
            return catalog._b2b_products(
                context, catalog._b2b_search_domain(context, text)
            ).sudo(False)

        self.assertEqual(find("bag jumbo"), self.bag)
        self.assertEqual(find("t1"), self.tin)
        self.assertEqual(find("bw-10"), self.heart)
        self.assertEqual(find("herz"), self.heart)
        self.assertEqual(find("5012345678900"), self.bag)
        self.assertFalse(find("bw-10", self.rival_party))
        # Wildcards of LIKE are letters like others.
        self.assertFalse(find("%"))
        self.assertFalse(find("_1"))
        self.assertFalse(find("Not sold"))

    # -- enforcement --

    def _cart_with(self, product):
        return self._make_cart(order_line=[Command.create({"product_id": product.id})])

    def test_finding_stops_buyers_and_warns_staff(self):
        cart = self._cart_with(self.bag)
        self._catalog(category_ids=self.gifts)

        def finding(order):
            return next((f for f in order._b2b_findings() if f.code == "catalog"), None)

        found = finding(cart)
        self.assertEqual((found.severity, found.side), ("warn", "seller"))
        found = finding(cart.with_user(self.buyer.user_id).sudo())
        self.assertEqual(found.severity, "block")
        self.assertEqual(
            found.text_for_buyer,
            "Jumbo bag is no longer in your catalog; remove it.",
        )
        cart.sudo().b2b_orderer_id = self.buyer.user_id
        self.assertEqual(finding(cart).severity, "block")
        cart.order_line.product_id = self.tin
        self.assertIsNone(finding(cart))

    def test_a_portal_flow_cannot_write_a_hidden_product(self):
        self._catalog(category_ids=self.gifts)
        cart = self._cart_with(self.tin).with_user(self.buyer.user_id).sudo()
        with self.refuses(UserError, "There is no article Jumbo bag"):
            cart.order_line = [Command.create({"product_id": self.bag.id})]
        with self.refuses(UserError, "There is no article"):
            cart.order_line.product_id = self.bag
        cart.order_line = [Command.create({"product_id": self.heart.id})]
        # Our staff may: they get the warning.
        cart.sudo(False).with_user(self.manager).order_line = [
            Command.create({"product_id": self.bag.id})
        ]

    def test_delivery_lines_are_no_articles(self):
        if "delivery.carrier" not in self.env:
            self.skipTest("delivery is not installed")
        self._catalog(category_ids=self.gifts)
        service = self.env["product.product"].create(
            {"name": "Van", "type": "service", "sale_ok": False}
        )
        carrier = self.env["delivery.carrier"].create(
            {"name": "Van", "fixed_price": 4.0, "product_id": service.id}
        )
        cart = self._cart_with(self.tin).with_user(self.buyer.user_id).sudo()
        cart.set_delivery_line(carrier, 4.0)
        self.assertNotIn("catalog", {f.code for f in cart._b2b_findings()})

    # -- nothing leaks --

    def _grant(self, model, *groups):
        """What website_sale does: read access by ACL."""
        for group in groups:
            self.env["ir.model.access"].create(
                {
                    "name": f"test {model} {group}",
                    "model_id": self.env["ir.model"]._get_id(model),
                    "group_id": self.env.ref(group).id,
                    "perm_read": True,
                }
            )

    def test_lists_and_rules_stay_unreadable_whatever_is_granted(self):
        groups = ("base.group_portal", "base.group_public")
        models = ("product.pricelist", "product.pricelist.item")
        for model in models:
            self._grant(model, *groups)
        for user in (self.buyer.user_id, self.env.ref("base.public_user")):
            for model in models:
                records = self.env[model].with_user(user)
                self.assertFalse(records.search([]), (user.login, model))
                self.assertFalse(records.search_count([]))
                with self.assertRaises(AccessError):
                    records.browse(self.env[model].search([], limit=1).id).read(["id"])
        self.assertTrue(self.env["product.pricelist"].with_user(self.rep).search([]))

    def test_products_follow_the_catalog_whatever_is_granted(self):
        for model in ("product.template", "product.product"):
            self._grant(model, "base.group_portal", "base.group_public")
        user = self.buyer.user_id
        ours = [("id", "in", self.ours.ids)]
        Product = self.env["product.product"]
        self.assertEqual(len(Product.with_user(user).search(ours)), 4)
        catalog = self._catalog(category_ids=self.gifts)
        self.assertEqual(
            Product.with_user(user).search(ours).sudo(), (self.heart | self.tin).sudo()
        )
        with self.assertRaises(AccessError):
            self.bag.with_user(user).read(["name"])
        # Changes count at once, also those of the group.
        catalog.write({"audience": "groups", "group_ids": self.group})
        self.assertFalse(Product.with_user(user).search(ours))
        self.party.b2b_customer_group_id = self.group
        self.assertEqual(len(Product.with_user(user).search(ours)), 2)
        # Visitors and retail customers of a web shop are not narrowed.
        public = self.env.ref("base.public_user")
        self.assertEqual(len(Product.with_user(public).search(ours)), 4)

    def test_portal_users_read_none_of_the_models(self):
        user = self.buyer.user_id
        for model in ("b2b.catalog", "b2b.agreement", "b2b.product.code"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(user).search([])

    def test_who_may_write(self):
        catalog = self._catalog(category_ids=self.gifts)
        pricing = new_test_user(self.env, "b2b_test_pricing", "b2b_party.group_pricing")
        catalog.with_user(pricing).name = "By pricing"
        self.assertEqual(catalog.with_user(self.rep).name, "By pricing")
        with self.assertRaises(AccessError):
            catalog.with_user(self.rep).name = "By rep"


@tagged("post_install", "-at_install")
class TestProductCode(PricingCase):
    def _code(self, **values):
        return self.env["b2b.product.code"].create(
            {
                "party_id": self.party.id,
                "product_id": self.product.id,
                "code": "BW-1",
                **values,
            }
        )

    @mute_logger("odoo.sql_db")
    def test_unique_per_owner(self):
        self._code()
        bag = self.env["product.product"].create({"name": "Bag"})
        with self.refuses(ValidationError, "already calls .*Heart.* “BW-1”"):
            self._code(product_id=bag.id, code=" bw-1 ")
        with self.refuses(ValidationError, "already calls .*Heart.* “BW-1”"):
            self._code(code="BW-2")
        self._code(party_id=self.rival_party.id)

    def test_bad_input(self):
        with self.refuses(ValidationError, "empty"):
            self._code(code="  ")
        with self.refuses(ValidationError, "is a contact"):
            self._code(party_id=self.buyer.user_id.partner_id.id)

    def test_lookups_are_of_one_party(self):
        self._code(name="Heart of ours")
        codes = self.env["b2b.product.code"]
        self.assertEqual(
            codes._b2b_codes(self.party, self.product),
            {self.product.id: ("BW-1", "Heart of ours")},
        )
        self.assertEqual(codes._b2b_codes(self.rival_party, self.product), {})
        self.assertEqual(codes._b2b_product_ids(self.party, "bw"), self.product.ids)
        self.assertEqual(codes._b2b_product_ids(self.party, ""), [])
        self.assertEqual(codes._b2b_product_ids(self.rival_party, "bw"), [])
