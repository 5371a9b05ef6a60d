from odoo import api, models
from odoo.exceptions import UserError

from ..exceptions import RefusedInBatch


class SaleOrder(models.Model):
    """Orders that Odoo's own import brings over: the same one counts once.

    ``load`` is the only way to a historical order for people; who may is asked here,
    and what it may say is listed, because the system writes it.
    """

    _inherit = "sale.order"

    @api.model
    def load(self, fields, data):
        """Tell what is wrong with an order once.

        A value that cannot be read is missing afterwards; that follows from it and
        is not told beside it.

        :raise AccessError: for who may neither create nor change orders; nothing of
            the file is looked at
        """
        if not self.has_access("create"):
            self.check_access("write")
        result = super().load(fields, data)
        errors = [one for one in result["messages"] if one["type"] == "error"]
        unread = {
            one["record"] for one in errors if one.get("field") and "record" in one
        }
        result["messages"] = [
            one
            for one in result["messages"]
            if one.get("field") or one.get("record") not in unread
        ]
        return result

    @api.model
    def _load_records(self, data_list, update=False):
        try:
            self._b2b_check_imports(data_list)
            return super()._load_records(data_list, update)
        except UserError as refused:
            if self._b2b_is_import() and len(data_list) > 1:
                # Odoo would tell a refusal of all with the first row of the file.
                raise RefusedInBatch from refused
            raise

    @api.model
    def _b2b_check_imports(self, data_list):
        for data in data_list:
            values = data["values"]
            if self._b2b_is_import() and values.get("b2b_historical"):
                known = bool(data.get("xml_id") or values.get("id"))
                if not values.get("company_id"):
                    # An empty cell says none, which no order can have.
                    values.pop("company_id", None)
                self._b2b_check_import(values, known)

    @api.model
    def _b2b_is_import(self):
        """Whether records come from a file that somebody imports."""
        return "_import_current_module" in self.env.context

    @api.model
    def _load_records_create(self, vals_list):
        """Create what is not there yet; what is there already is left as it is."""
        if not self._b2b_is_import():
            return super()._load_records_create(vals_list)
        # Whoever may not create orders learns nothing of those that are there.
        self.check_access("create")
        facts = [self._b2b_import_facts(vals) for vals in vals_list]
        self._b2b_import_lock(facts)
        there = self._b2b_import_there(facts)
        found, first = {}, []
        for place, given in enumerate(facts):
            known = self._b2b_import_known(given, there)
            if known is None:
                # Later rows of the same file are compared with this one.
                there.append((given, place))
                first.append(place)
            found[place] = place if known is None else known
        made = self._b2b_import_create([vals_list[place] for place in first])
        records = dict(zip(first, made, strict=True))
        return self.browse(
            [
                records[one].id if isinstance(one, int) else one.id
                for one in found.values()
            ]
        )

    @api.model
    def _b2b_import_create(self, vals_list):
        """Historical and other orders of one batch, in the order of the file."""
        found = {}
        for vals, order in self._b2b_import_create_batches(vals_list):
            found[id(vals)] = order
        return self.browse([found[id(vals)].id for vals in vals_list])

    @api.model
    def _b2b_import_create_batches(self, vals_list):
        """``[(values, order)]`` of new orders, in any order."""
        historical = [vals for vals in vals_list if vals.get("b2b_historical")]
        plain = [vals for vals in vals_list if not vals.get("b2b_historical")]
        made = []
        if historical:
            orders = self._b2b_import_historical(historical)
            made += zip(historical, orders, strict=True)
        if plain:
            orders = super()._load_records_create(plain)
            made += zip(plain, orders, strict=True)
        return made

    @api.model
    def _b2b_import_historical(self, vals_list):
        for vals in vals_list:
            self._b2b_import_check_reach(vals)
        orders = self._b2b_create_historical(vals_list)
        # The rights of who imports hold for what was made with more of them.
        orders.check_access("create")
        orders._b2b_historical_loaded()
        return orders

    def _b2b_historical_loaded(self):
        """Historical orders were imported; addons book what follows from them."""

    def _load_records_write(self, values):
        """A second import appends no lines to an order that is there already."""
        if not self._b2b_is_import():
            return super()._load_records_write(values)
        if self.b2b_historical:
            self._b2b_import_check_same(values)
            return None
        if values.get("b2b_historical"):
            self._b2b_import_refuse_running()
        commands = values.get("order_line") or []
        if self.order_line and any(command[0] == 0 for command in commands):
            self._b2b_import_check_same(values)
            values = {name: values[name] for name in values if name != "order_line"}
        return super()._load_records_write(values)
