"""Price rules of one list, found by what they apply to.

Odoo compares every product with every rule of the list. The index keeps the rules
in Odoo's order but hands out only those that can match, so that the cost grows with
the products and not with the rules.
"""

VARIANT = "0_product_variant"
TEMPLATE = "1_product"
CATEGORY = "2_product_category"


class RuleIndex:
    """Rules by variant, template, category and the rest, in their list's order.

    :param rows: iterable of ``(rule id, applied_on, variant id, template id,
        category id, minimum quantity)`` in the order in which Odoo tries the rules
    """

    __slots__ = ("ids", "_buckets", "_rest")

    def __init__(self, rows):
        self._buckets = {}
        self._rest = []
        ids = []
        for position, row in enumerate(rows):
            rule_id, applied_on, variant, template, category, minimum = row
            ids.append(rule_id)
            entry = (position, rule_id, minimum or 0.0)
            if applied_on == VARIANT:
                self._add(VARIANT, variant, entry)
            elif applied_on == TEMPLATE:
                self._add(TEMPLATE, template, entry)
            elif applied_on == CATEGORY:
                self._add(CATEGORY, category, entry)
            else:
                # "All products", and scopes that other addons bring.
                self._rest.append(entry)
        #: all rules in Odoo's order
        self.ids = tuple(ids)

    @property
    def size(self):
        """How many rules the list has for the products asked for."""
        return len(self.ids)

    @property
    def has_general(self):
        """Whether a rule is for all products."""
        return bool(self._rest)

    def reaches(self, variants, template, categories):
        """Whether a rule is for the product; keys as for :meth:`candidates`."""
        buckets = self._buckets
        return (
            self.has_general
            or (TEMPLATE, template) in buckets
            or any((VARIANT, variant) in buckets for variant in variants)
            or any((CATEGORY, category) in buckets for category in categories)
        )

    def _add(self, scope, key, entry):
        self._buckets.setdefault((scope, key), []).append(entry)

    def _entries(self, variants, template, categories):
        found = []
        for variant in variants:
            found.append(self._buckets.get((VARIANT, variant)))
        found.append(self._buckets.get((TEMPLATE, template)))
        for category in categories:
            found.append(self._buckets.get((CATEGORY, category)))
        found.append(self._rest)
        found = [bucket for bucket in found if bucket]
        if len(found) == 1:
            return found[0]
        # Positions are unique, so that the original order is restored exactly.
        return sorted(entry for bucket in found for entry in bucket)

    def candidates(self, variants, template, categories, quantity=None):
        """Ids of the rules that can apply to one product, in Odoo's order.

        :param variants: ids whose variant rules count (several for a template)
        :param template: id of the product's template
        :param categories: ids of the product's category and its ancestors
        :param quantity: leave out the rules with a higher minimum quantity; None
            keeps them all
        :return: tuple of rule ids
        """
        entries = self._entries(variants, template, categories)
        if quantity is None:
            return tuple(entry[1] for entry in entries)
        return tuple(
            rule_id
            for _position, rule_id, minimum in entries
            if not minimum or quantity >= minimum
        )

    def quantities(self, variants, template, categories):
        """The minimum quantities at which another rule may start to apply.

        :return: sorted list without zero
        """
        entries = self._entries(variants, template, categories)
        return sorted({entry[2] for entry in entries if entry[2] > 0})
