"""What one pricing call knows about all the products it was asked for."""


class BatchIndex:
    """The rules of one list, looked up for the products of one call.

    :param index: :class:`~.rule_index.RuleIndex`
    :param prune: leave out rules above the asked quantity; only while nobody has
        replaced Odoo's test whether a rule applies
    """

    __slots__ = ("index", "prune", "_batch", "_found", "_heads")

    def __init__(self, index, batch, prune):
        self.index = index
        self.prune = prune
        self._batch = batch
        self.forget()

    def forget(self):
        """Drop what was remembered, after the quantities of the call changed."""
        self._found = {}
        self._heads = None

    def candidates(self, product_id, quantity):
        """Ids of the rules that may apply, in Odoo's order."""
        asked = quantity if self.prune else None
        key = (product_id, asked)
        if key not in self._found:
            keys = self._batch.keys[product_id]
            self._found[key] = self.index.candidates(*keys, quantity=asked)
        return self._found[key]

    def reached(self, product_ids):
        """Those of the products that some rule is for, whatever the quantity."""
        if not self.index.size:
            return ()
        if self.index.has_general:
            return tuple(product_ids)
        keys = self._batch.keys
        return tuple(pid for pid in product_ids if self.index.reaches(*keys[pid]))

    def quantities(self, product_id):
        """Minimum quantities of the rules of a product."""
        return self.index.quantities(*self._batch.keys[product_id])

    @property
    def heads(self):
        """The rules that will be read, so that one query fetches them all."""
        if self._heads is None:
            heads = set()
            for product_id, quantities in self._batch.quantities.items():
                for quantity in quantities:
                    found = self.candidates(product_id, quantity)
                    heads.update(found[:1] if self.prune else found)
            self._heads = tuple(heads)
        return self._heads


class PriceBatch:
    """Indexes of the lists that one call touches, one per list and date.

    Handed down as the keyword ``b2b_batch``, so that chained and following lists are
    searched once per call and not once per product.

    :param products: recordset of all products of the call
    :param make_keys: function returning ``{product id: (variant ids, template id,
        category ids)}``; not called while short lists need no index
    :param make_quantities: function returning ``{product id: set of quantities}`` in
        the product's unit
    """

    __slots__ = (
        "products",
        "indexes",
        "_ids",
        "_make_keys",
        "_make_quantities",
        "_keys",
        "_quantities",
    )

    def __init__(self, products, make_keys, make_quantities):
        self.products = products
        self.indexes = {}
        self._ids = frozenset(products._ids)
        self._make_keys = make_keys
        self._make_quantities = make_quantities
        self._keys = self._quantities = None

    @property
    def keys(self):
        """What of a product rules refer to."""
        if self._keys is None:
            self._keys = self._make_keys()
        return self._keys

    @property
    def quantities(self):
        """Which quantities will be asked for."""
        if self._quantities is None:
            self._quantities = self._make_quantities()
        return self._quantities

    def covers(self, products):
        """Whether the products are among those of the call."""
        return products._name == self.products._name and self._ids.issuperset(
            products._ids
        )

    def add_quantities(self, quantities):
        """Announce that more quantities will be asked for."""
        for product_id, more in quantities.items():
            self.quantities.setdefault(product_id, set()).update(more)
        for index in self.indexes.values():
            index.forget()
