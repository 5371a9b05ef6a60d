from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain
from odoo.tests import Form, tagged

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestCatalogAudience(PricingCase):
    """Tags, segments, party groups, agreements, visitors, and the preview."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["b2b.catalog"].search([]).unlink()
        cls.tag = cls.env["product.tag"].create({"name": "Christmas"})
        Product = cls.env["product.product"]
        cls.heart = cls.product
        cls.tin = Product.create(
            {"name": "Tin", "product_tag_ids": [Command.link(cls.tag.id)]}
        )
        cls.bag = Product.create({"name": "Bag"})
        cls.ours = cls.heart | cls.tin | cls.bag
        cls.base = cls._catalog(name="Base", product_ids=cls.heart.product_tmpl_id)

    @classmethod
    def _catalog(cls, **values):
        return cls.env["b2b.catalog"].create({"name": "Catalog", **values})

    def _sees(self, party=None, **values):
        order = self.env["sale.order"].new(
            {
                "partner_id": (party or self.party).id,
                "company_id": self.company.id,
                **values,
            }
        )
        found = self.env["b2b.catalog"]._b2b_products(
            order._b2b_price_context(), Domain("id", "in", self.ours.ids)
        )
        return found.sudo(False)

    def test_tags_show_and_hide(self):
        catalog = self._catalog(tag_ids=self.tag)
        self.assertTrue(catalog.includes)
        self.assertEqual(catalog.product_count, 1)
        self.assertEqual(self._sees(), self.heart | self.tin)
        self.bag.product_tmpl_id.product_tag_ids = self.tag
        self.assertEqual(self._sees(), self.ours)
        self._catalog(excluded_tag_ids=self.tag)
        self.assertEqual(self._sees(), self.heart)
        with self.refuses(ValidationError, "shows nothing"):
            self._catalog(tag_ids=self.tag, excluded_tag_ids=self.tag)

    def test_segments_follow_the_refresh(self):
        segment = self.env["b2b.party.segment"].create(
            {
                "name": "No orders",
                "condition_ids": [
                    Command.create(
                        {"figure": "order_count_12m", "operator": "le", "number": 0}
                    )
                ],
            }
        )
        self._catalog(
            audience="segments",
            segment_ids=segment,
            product_ids=self.bag.product_tmpl_id,
        )
        self.assertEqual(self._sees(), self.heart)
        self.env["res.partner"]._b2b_refresh_figures()
        segment._b2b_refresh()
        self.assertEqual(self._sees(), self.heart | self.bag)
        segment.active = False
        self.assertEqual(self._sees(), self.heart)

    def _party_group(self, **member):
        group = self.env["b2b.party.group"].create({"name": "Holding"})
        member = self.env["b2b.party.group.member"].create(
            {"group_id": group.id, **member}
        )
        self._catalog(
            audience="party_groups",
            party_group_ids=group,
            product_ids=self.bag.product_tmpl_id,
        )
        return member

    def test_a_party_group_with_a_party(self):
        self.assertEqual(self._sees(), self.heart)
        member = self._party_group(partner_id=self.party.id)
        self.assertEqual(self._sees(), self.heart | self.bag)
        self.assertEqual(self._sees(self.rival_party), self.heart)
        member.date_to = "2020-01-01"
        self.assertEqual(self._sees(), self.heart)
        member.unlink()
        self.assertEqual(self._sees(), self.heart)

    def test_a_party_group_with_a_seat(self):
        self._party_group(seat_id=self.buyer.id)
        self.assertEqual(self._sees(), self.heart)
        self.assertEqual(self._sees(b2b_seat_id=self.buyer.id), self.heart | self.bag)
        self.assertEqual(self._sees(b2b_seat_id=self.owner.id), self.heart)

    def test_a_party_group_with_an_address(self):
        ward, other = self.env["res.partner"].create(
            [
                {"name": name, "parent_id": self.party.id, "type": "delivery"}
                for name in ("Ward 3", "Ward 4")
            ]
        )
        self._party_group(partner_id=ward.id)
        self.assertEqual(self._sees(partner_shipping_id=other.id), self.heart)
        self.assertEqual(self._sees(partner_shipping_id=ward.id), self.heart | self.bag)

    def test_an_agreement_in_every_version(self):
        agreement = self._make_agreement()
        other = self._make_agreement("Other")
        self._catalog(
            audience="agreements",
            agreement_ids=agreement,
            product_ids=self.bag.product_tmpl_id,
        )
        self.assertEqual(self._sees(b2b_agreement_id=other.id), self.heart)
        both = self.heart | self.bag
        self.assertEqual(self._sees(b2b_agreement_id=agreement.id), both)
        fresh = self.env["b2b.agreement"].browse(
            agreement.action_new_version()["res_id"]
        )
        self.assertEqual(self._sees(b2b_agreement_id=fresh.id), both)

    def test_audiences_want_names(self):
        for audience, words in (
            ("segments", "Name the segments"),
            ("party_groups", "Name the party groups"),
            ("agreements", "Name the agreements"),
        ):
            with self.refuses(ValidationError, words):
                self._catalog(audience=audience, whole_range=True)

    def test_hiding_everything_is_said(self):
        everything = self.env["product.template"].search([("sale_ok", "=", True)])
        self.assertFalse(self.base.problem)
        hides = self._catalog(
            audience="parties", party_ids=self.party, excluded_product_ids=everything
        )
        self.assertIn("hides every product", hides.problem)
        self.heart.sale_ok = False
        self.base.invalidate_recordset()
        self.assertIn("shows no product", self.base.problem)

    def test_who_is_left_without_a_product_is_named(self):
        lonely = self._make_party("Nobody's Catalog Ltd")
        group = self.env["b2b.customer.group"].create({"name": "Left out"})
        lonely.b2b_customer_group_id = group
        self.assertFalse(self.base.problem)
        self.base.write({"audience": "parties", "party_ids": self.party})
        self.base.invalidate_recordset(["problem"])
        self.assertIn("Nobody's Catalog Ltd", self.base.problem)
        self.assertNotIn(self.party.name, self.base.problem)
        theirs = self._catalog(audience="groups", group_ids=group, tag_ids=self.tag)
        self.base.invalidate_recordset(["problem"])
        self.assertNotIn("Nobody's", self.base.problem or "")
        self.assertNotIn("Nobody's", theirs.problem or "")
        hides = self._catalog(
            audience="groups", group_ids=group, excluded_tag_ids=self.tag
        )
        self.assertIn("Nobody's Catalog Ltd", hides.problem)

    # -- portal users of other addons' pages ---------------------------------------

    def _may_read(self, user):
        domain = Domain(user._b2b_product_domain())
        found = self.env["product.template"].search(
            domain & Domain("id", "in", self.ours.product_tmpl_id.ids)
        )
        return found.product_variant_ids

    def test_record_rule_knows_all_audiences(self):
        user = self.buyer.user_id
        self.assertEqual(self._may_read(user), self.heart)
        agreement = self._make_agreement(is_default=True)
        self._catalog(
            audience="agreements",
            agreement_ids=agreement,
            product_ids=self.bag.product_tmpl_id,
        )
        self._party_group(seat_id=self.buyer.id)
        self._catalog(tag_ids=self.tag)
        self.assertEqual(self._may_read(user), self.ours)
        self.assertEqual(self._may_read(self.rival.user_id), self.heart | self.tin)

    def test_visitors_are_narrowed_where_the_public_part_is_on(self):
        visitor = self.env.ref("base.public_user")
        self.assertEqual(self._may_read(visitor), self.ours)
        self.company.b2b_public_range = True
        self.assertFalse(self._may_read(visitor))
        self._catalog(audience="everyone", tag_ids=self.tag)
        self.assertEqual(self._may_read(visitor), self.tin)

    def test_queries_do_not_grow_with_catalogs(self):
        self._party_group(partner_id=self.party.id)
        self._sees()
        context = (
            self.env["sale.order"]
            .new({"partner_id": self.party.id, "company_id": self.company.id})
            ._b2b_price_context()
        )
        self.env["b2b.catalog"]._b2b_allows(context, self.ours)
        for number in range(5):
            self._catalog(name=f"More {number}", tag_ids=self.tag)
        self.env["b2b.catalog"]._b2b_allows(context, self.ours)
        with self.assertQueryCount(1):
            self.env["b2b.catalog"]._b2b_allows(context, self.ours)

    # -- staff ---------------------------------------------------------------------

    def test_preview_as_party(self):
        agreement = self._make_agreement(is_default=True)
        hides = self._catalog(
            audience="agreements",
            agreement_ids=agreement,
            excluded_product_ids=self.heart.product_tmpl_id,
        )
        self._catalog(
            audience="parties", party_ids=self.party, tag_ids=self.tag, name="Theirs"
        )
        rep = self.manager
        form = Form(self.env["b2b.catalog.preview"].with_user(rep))
        form.party_id = self.party
        self.assertEqual(form.agreement_id, agreement)
        self.assertEqual(form.product_count, 1)
        self.assertIn("sees 1 products", form.sentence)
        form.agreement_id = self.env["b2b.agreement"]
        self.assertEqual(form.product_count, 2)
        preview = form.save()
        self.assertIn(self.base, preview.catalog_ids)
        self.assertNotIn(hides, preview.catalog_ids)
        found = self.env["product.product"].search(preview.action_open()["domain"])
        self.assertEqual(found, self.heart | self.tin)
        form.party_id = self.rival_party
        self.assertEqual(form.product_count, 1)
        self.rival_party.b2b_state = "pending"
        form.party_id = self.party
        form.party_id = self.rival_party
        self.assertIn("no active trade customer", form.sentence)

    def test_the_form_counts_while_it_is_filled(self):
        form = Form(self.env["b2b.catalog"].with_user(self.manager))
        form.name = "Typing"
        form.tag_ids.add(self.tag)
        self.assertEqual(form.product_count, 1)
        self.assertEqual(form.save().product_count, 1)

    def test_the_party_form_opens_what_it_sees(self):
        self.assertEqual(self.party.b2b_range_count, 1)
        action = self.party.with_user(self.manager).action_b2b_range()
        found = self.env["product.product"].search(action["domain"])
        self.assertEqual(found, self.heart)

    def test_staff_hear_of_it_when_they_choose_the_product(self):
        order = self.env["sale.order"].create({"partner_id": self.party.id})
        line = self.env["sale.order.line"].new(
            {"order_id": order.id, "product_id": self.bag.id}
        )
        answer = line._onchange_b2b_catalog()
        self.assertIn("Bag is not in the catalog of", answer["warning"]["message"])
        line.product_id = self.heart
        self.assertIsNone(line._onchange_b2b_catalog())
