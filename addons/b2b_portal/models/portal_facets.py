from dataclasses import replace

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

#: Groups of values beside a result, and values of one group.
GROUPS, SHOWN = 8, 40


class B2bPortalFacets(models.AbstractModel):
    """Filters by attributes (brand, colour, size) and tags, with their counts.

    Of one attribute any of the chosen values will do, of several attributes each must
    be met; of tags one is enough.
    """

    _name = "b2b.portal.facets"
    _description = "Attribute and tag filters of the trade portal"

    # -- which articles --------------------------------------------------------------

    def _b2b_domain(self, value_ids, tag_ids):
        """Domain on product.product of chosen values and tags."""
        domain = Domain.TRUE
        for values in self._b2b_values(value_ids).grouped("attribute_id").values():
            domain &= self._b2b_carries(values)
        if value_ids and domain.is_true():
            # Values that are none (any more) filter everything away, not nothing.
            return Domain.FALSE
        if tag_ids:
            tags = self._b2b_tags(tag_ids)
            domain &= Domain(
                "product_tmpl_id.product_tag_ids", "in", tags.ids
            ) | Domain("additional_product_tag_ids", "in", tags.ids)
        return domain

    def _b2b_chosen(self, ctx, search):
        """``(values, tags)`` that were chosen and that the own catalog carries.

        Others have no name here: an address may ask for any number.
        """
        values, tags = self._b2b_values(search.values), self._b2b_tags(search.tags)
        everything = type(search)()
        if values:
            carried = self._b2b_counts(ctx, everything, self._b2b_value_pairs())
            values = values.filtered(lambda value: value.id in carried)
        if tags:
            carried = self._b2b_counts(ctx, everything, self._b2b_tag_pairs(tags))
            tags = tags.filtered(lambda tag: tag.id in carried)
        return values, tags

    def _b2b_values(self, value_ids):
        """Those of the values by which buyers may filter."""
        # sudo: names of attributes that the company opened for filtering.
        return (
            self.env["product.attribute.value"]
            .sudo()
            .search([("id", "in", value_ids), ("attribute_id.b2b_filter", "=", True)])
        )

    def _b2b_tags(self, tag_ids):
        # sudo: tags that the company shows to customers.
        return (
            self.env["product.tag"]
            .sudo()
            .search([("id", "in", tag_ids), ("visible_to_customers", "=", True)])
        )

    def _b2b_carries(self, values):
        """Variants with one of the values of an attribute."""
        if values.attribute_id.create_variant == "no_variant":
            return Domain(
                "product_tmpl_id.attribute_line_ids.value_ids", "in", values.ids
            )
        return Domain(
            "product_template_attribute_value_ids.product_attribute_value_id",
            "in",
            values.ids,
        )

    # -- with their counts -----------------------------------------------------------

    def _b2b_groups(self, ctx, search):
        """Groups for the page: dicts ``name, key, values``.

        A value is a tuple of record, number of articles, whether it is chosen. A
        group counts what the other filters leave, so that a second value of it can
        be chosen.
        """
        values, tags = self._b2b_chosen(ctx, search)
        groups = self._b2b_attribute_groups(ctx, search, values)
        tags = self._b2b_tag_group(ctx, search, tags)
        return groups + ([tags] if tags else [])

    def _b2b_attribute_groups(self, ctx, search, chosen):
        Attribute = ctx.env["product.attribute"]
        attributes = Attribute.search_fetch(
            [("b2b_filter", "=", True), ("attribute_line_ids", "!=", False)],
            ["name", "create_variant"],
        )
        if not attributes:
            return []
        pairs = self._b2b_value_pairs()
        counts = self._b2b_counts(ctx, search, pairs)
        for attribute in chosen.attribute_id:
            others = (chosen - attribute.value_ids).ids
            other = replace(search, values=tuple(others))
            own = set(attribute.value_ids.ids)
            counts = {vid: n for vid, n in counts.items() if vid not in own} | {
                vid: n
                for vid, n in self._b2b_counts(ctx, other, pairs).items()
                if vid in own
            }
        values = ctx.env["product.attribute.value"].browse(
            set(counts) | set(chosen.ids)
        )
        by_attribute = values.sorted().grouped("attribute_id")
        found = []
        for attribute in attributes:
            own = by_attribute.get(attribute, values.browse())
            # One value tells nothing apart, unless it is chosen.
            if len(own) > 1 or own & chosen:
                rows = [(v, counts.get(v.id, 0), v in chosen) for v in own[:SHOWN]]
                found.append({"name": attribute.name, "key": "values", "values": rows})
        return found[:GROUPS]

    def _b2b_tag_group(self, ctx, search, chosen):
        tags = ctx.env["product.tag"].search_fetch(
            [("visible_to_customers", "=", True)], ["name"]
        )
        if not tags:
            return None
        counts = self._b2b_counts(
            ctx, replace(search, tags=()), self._b2b_tag_pairs(tags)
        )
        rows = [
            (tag, counts.get(tag.id, 0), tag.id in chosen.ids)
            for tag in tags
            if tag.id in counts or tag.id in chosen.ids
        ]
        if not rows:
            return None
        name = self.env._("Mark")
        return {"name": name, "key": "tags", "values": rows[:SHOWN]}

    # -- counting ----------------------------------------------------------------------

    def _b2b_counts(self, ctx, search, pairs):
        """``{id: number of articles}`` of what the articles of a search carry.

        :param pairs: SQL of rows ``article, id`` that reads the ids of ``found``
        """
        Product = ctx.env["product.product"]
        domain = ctx.env["b2b.portal.search"]._b2b_domain(ctx, search)
        found = Product._search(domain & ctx.catalog_domain)
        if found.is_empty():
            return {}
        rows = self.env.execute_query(
            SQL(
                "WITH found AS (%s) SELECT carried.mark, COUNT(*)"
                " FROM (%s) carried(article, mark) GROUP BY carried.mark",
                found.select(),
                pairs,
            )
        )
        return dict(rows)

    def _b2b_value_pairs(self):
        """Values of variants, and those of attributes that make none."""
        line = self.env["product.template.attribute.line"]
        return SQL(
            """
            SELECT rel.product_product_id, value.id
              FROM found
              JOIN product_variant_combination rel ON rel.product_product_id = found.id
              JOIN product_template_attribute_value ptav
                ON ptav.id = rel.product_template_attribute_value_id
              JOIN product_attribute_value value
                ON value.id = ptav.product_attribute_value_id
              JOIN product_attribute attribute
                ON attribute.id = value.attribute_id AND attribute.b2b_filter
            UNION
            SELECT product.id, lv.product_attribute_value_id
              FROM found
              JOIN product_product product ON product.id = found.id
              JOIN product_template_attribute_line line
                ON line.product_tmpl_id = product.product_tmpl_id AND line.active
              JOIN product_attribute attribute
                ON attribute.id = line.attribute_id AND attribute.b2b_filter
               AND attribute.create_variant = 'no_variant'
              JOIN %s lv ON lv.product_template_attribute_line_id = line.id
            """,
            SQL.identifier(line._fields["value_ids"].relation),
        )

    def _b2b_tag_pairs(self, tags):
        """Tags of articles and of single variants."""
        return SQL(
            """
            SELECT product.id, rel.product_tag_id
              FROM found
              JOIN product_product product ON product.id = found.id
              JOIN product_tag_product_template_rel rel
                ON rel.product_template_id = product.product_tmpl_id
             WHERE rel.product_tag_id IN %(tags)s
            UNION
            SELECT rel.product_product_id, rel.product_tag_id
              FROM found
              JOIN product_tag_product_product_rel rel
                ON rel.product_product_id = found.id
             WHERE rel.product_tag_id IN %(tags)s
            """,
            tags=tuple(tags.ids),
        )
