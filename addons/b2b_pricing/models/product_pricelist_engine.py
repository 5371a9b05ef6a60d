from odoo import api, fields, models

from odoo.addons.b2b_party.tools import defined_only_by

from ..rules.price_batch import BatchIndex, PriceBatch
from ..rules.rule_index import RuleIndex

#: Up to so many rules Odoo's own loop is as fast as looking them up.
SMALL = 24
#: What Odoo's test of a rule reads; enough to index it.
INDEXED = (
    "id",
    "applied_on",
    "product_id",
    "product_tmpl_id",
    "categ_id",
    "min_quantity",
)
HOME = ("odoo.addons.product.models.", "odoo.addons.b2b_pricing.models.")


def only_ours(model, name, homes=HOME):
    """Whether a method is defined by known addons alone.

    :param homes: what the names of their modules start with; Odoo's product addon and
        this one
    """
    return defined_only_by(model, name, homes)


class ProductPricelist(models.Model):
    """Prices of many products under many rules.

    The original compares every product with every rule of the list. Here the rules
    of a call are read once, indexed by what they apply to, and Odoo's own method
    runs with the few rules that can match. Its order, ``_is_applicable_for`` and
    ``_compute_price`` stay in force, and so does every override of them.
    """

    _inherit = "product.pricelist"

    def _compute_price_rule(
        self,
        products,
        quantity,
        *,
        currency=None,
        uom=None,
        date=False,
        compute_price=True,
        **kwargs,
    ):
        # Meant for one list only: a chained list must not inherit them.
        kwargs.pop("b2b_rules", None)
        alone = kwargs.pop("b2b_alone", False)
        date = date or fields.Datetime.now()
        options = {
            "currency": currency,
            "uom": uom,
            "date": date,
            "compute_price": compute_price,
        }
        if not self or not products:
            return super()._compute_price_rule(products, quantity, **options, **kwargs)
        self.ensure_one()
        batch = kwargs.pop("b2b_batch", None)
        # Records of forms, known by no number yet, take Odoo's own way.
        if batch is None and len(products) > 1 and all(products._ids):
            batch = self._b2b_batch(products, quantity, uom)
        if batch is not None and batch.covers(products):
            kwargs["b2b_batch"] = batch
            results = {}
            for rules, group in self._b2b_groups(products, quantity, uom, date, kwargs):
                found = None if rules else self._b2b_unruled(group, options, alone)
                if found is None:
                    found = super()._compute_price_rule(
                        group, quantity, **options, **kwargs, b2b_rules=rules
                    )
                results.update(found)
        else:
            results = super()._compute_price_rule(
                products, quantity, **options, **kwargs
            )
        if compute_price and currency and currency != self.currency_id:
            self._b2b_convert_amounts(results, products, quantity, options, kwargs)
        return self._b2b_fill_gaps(results, products, quantity, options, alone, kwargs)

    def _get_applicable_rules(self, products, date, **kwargs):
        rules = kwargs.pop("b2b_rules", None)
        if rules is not None:
            return rules
        return super()._get_applicable_rules(products, date, **kwargs)

    def _b2b_groups(self, products, quantity, uom, date, kwargs):
        """Yield ``(rules, products)``: products whose candidate rules are the same."""
        index = self._b2b_index(date, kwargs)
        Item = self.env["product.pricelist.item"]
        if index.index.size <= SMALL:
            yield from self._b2b_split(index, products)
            return
        groups = {}
        for product in products:
            asked = self._b2b_own_unit(product, quantity, uom)
            found = index.candidates(product.id, asked)
            groups.setdefault(found, []).append(product.id)
        for found, ids in groups.items():
            yield (
                Item.browse(found).with_prefetch(index.heads),
                products.browse(ids).with_prefetch(products._prefetch_ids),
            )

    def _b2b_own_unit(self, product, quantity, uom):
        """The quantity in the product's own unit, as the original converts it."""
        if not uom or uom == product.uom_id:
            return quantity
        return uom._compute_quantity(quantity, product.uom_id, raise_if_failure=False)

    # -- what one call knows --

    def _b2b_batch(self, products, quantities, uom=None):
        """Prepare a call about several products.

        :param quantities: one quantity (in ``uom`` or the product's unit), or
            ``{product id: set of quantities}`` in the product's unit
        """

        def make_quantities():
            if isinstance(quantities, dict):
                return quantities
            return {
                product.id: {self._b2b_own_unit(product, quantities, uom)}
                for product in products
            }

        return PriceBatch(products, lambda: self._b2b_keys(products), make_quantities)

    def _b2b_keys(self, products):
        """``{product id: (variant ids, template id, category ids)}``."""
        paths = {
            category: tuple(
                int(part) for part in (category.parent_path or "").split("/")[:-1]
            )
            for category in products.categ_id
        }
        empty = products.env["product.category"]
        paths[empty] = ()
        if products._name == "product.template":
            return {
                template.id: (
                    template.product_variant_ids._ids,
                    template.id,
                    paths[template.categ_id],
                )
                for template in products
            }
        return {
            product.id: (
                product._ids,
                product.product_tmpl_id.id,
                paths[product.categ_id],
            )
            for product in products
        }

    def _b2b_index(self, date, kwargs):
        """The indexed rules of this list for the products of the call."""
        batch = kwargs["b2b_batch"]
        key = (self.id, date)
        if key not in batch.indexes:
            index = RuleIndex(self._b2b_rule_rows(batch.products, date, kwargs))
            prune = index.size > SMALL and only_ours(
                self.env["product.pricelist.item"], "_is_applicable_for"
            )
            batch.indexes[key] = BatchIndex(index, batch, prune)
        return batch.indexes[key]

    def _b2b_rule_rows(self, products, date, kwargs):
        """What the index needs of every rule that may match, in Odoo's order."""
        Item = self.env["product.pricelist.item"]
        if not only_ours(self, "_get_applicable_rules"):
            return [
                (
                    rule.id,
                    rule.applied_on,
                    rule.product_id.id,
                    rule.product_tmpl_id.id,
                    rule.categ_id.id,
                    rule.min_quantity,
                )
                for rule in self._get_applicable_rules(products, date, **kwargs)
            ]
        domain = self._get_applicable_rules_domain(
            products=products, date=date, **kwargs
        )
        query = Item._search(domain, order=Item._order)
        if query.is_empty():
            return []
        columns = [Item._field_to_sql(query.table, name, query) for name in INDEXED]
        return self.env.execute_query(query.select(*columns))

    # -- another currency than the list's --

    def _b2b_convert_amounts(self, results, products, quantity, options, kwargs):
        """Amounts of rules are in the currency of the list.

        The original hands them out as if they were in the asked one.
        """
        if not self._b2b_converts_currency():
            return
        Item = self.env["product.pricelist.item"]
        rules = Item.browse({rule for _price, rule in results.values() if rule})
        own = {
            rule.id: rule
            for rule in rules
            if rule.compute_price in ("fixed", "formula")
        }
        for product in products:
            rule = own.get(results[product.id][1])
            if rule is not None:
                price = rule._compute_price(
                    product,
                    quantity,
                    options["uom"] or product.uom_id,
                    date=options["date"],
                    currency=self.currency_id,
                    **kwargs,
                )
                results[product.id] = (
                    self._b2b_convert(price, options["currency"], options["date"]),
                    rule.id,
                )

    @api.model
    def _b2b_converts_currency(self):
        """Setting: convert amounts of rules, or keep Odoo's behaviour."""
        value = (
            self.env["ir.config_parameter"]
            .sudo()
            .get_param("b2b_pricing.convert_rule_currency", "True")
        )
        return value not in ("False", "0", "")

    # -- what the list has no rule for --

    def _b2b_fill_gaps(self, results, products, quantity, options, alone, kwargs):
        """Follow ``b2b_fallback`` for products without a rule on this list."""
        self._b2b_drop_baseless(results, products, quantity, options, kwargs)
        if alone or self.b2b_fallback in (False, "sales_price"):
            return results
        missing = [product.id for product in products if not results[product.id][1]]
        if not missing:
            return results
        party = kwargs.get("b2b_party")
        options = {**options, "currency": options["currency"] or self.currency_id}
        missing = products.browse(missing).with_prefetch(products._prefetch_ids)
        for pricelist in self._b2b_following(party):
            found = pricelist._b2b_price_alone(missing, quantity, options, kwargs)
            results.update(found)
            missing -= missing.browse(found)
            if not missing:
                break
        if missing and self._b2b_ends_without_price(party):
            results.update(dict.fromkeys(missing._ids, (0.0, False)))
        return results

    def _b2b_price_alone(self, products, quantity, options, kwargs):
        """Prices for which this very list has a rule, in the asked currency."""
        asked = options["currency"]
        found = self._compute_price_rule(
            products,
            quantity,
            **{**options, "currency": self.currency_id},
            b2b_alone=True,
            **kwargs,
        )
        found = {pid: result for pid, result in found.items() if result[1]}
        if asked != self.currency_id:
            found = {
                pid: (self._b2b_convert(price, asked, options["date"]), rule_id)
                for pid, (price, rule_id) in found.items()
            }
        return found

    def _b2b_convert(self, price, currency, date):
        return self.currency_id._convert(
            price, currency, self.env.company, date, round=False
        )

    def _b2b_drop_baseless(self, results, products, quantity, options, kwargs):
        """A rule on another list that has no price for the product is no rule."""
        Item = self.env["product.pricelist.item"]
        rules = Item.browse({rule for _price, rule in results.values() if rule})
        chained = rules.filtered(
            lambda rule: (
                rule.compute_price != "fixed"
                and rule.base == "pricelist"
                and rule.base_pricelist_id._b2b_ends_without_price(
                    kwargs.get("b2b_party")
                )
            )
        )
        if not chained:
            return
        asked = {**options, "compute_price": False}
        asked["currency"] = None
        for product in products:
            rule = chained.browse(results[product.id][1] or [])
            if rule not in chained:
                continue
            base = rule.base_pricelist_id
            if base._compute_price_rule(product, quantity, **asked, **kwargs)[
                product.id
            ][1]:
                continue
            price = (
                Item._compute_price(
                    product,
                    quantity,
                    options["uom"] or product.uom_id,
                    date=options["date"],
                    currency=options["currency"] or self.currency_id,
                )
                if options["compute_price"]
                else 0.0
            )
            results[product.id] = (price, False)
