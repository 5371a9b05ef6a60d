from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..rules import quantity as rules


class ProductProduct(models.Model):
    _inherit = "product.product"

    # For parts of codes, which buyers type; Odoo's own index serves whole ones.
    _b2b_code_parts = models.Index(
        lambda registry: (
            "USING gin (default_code gin_trgm_ops)" if registry.has_trigram else ""
        )
    )

    def _b2b_counted(self):
        """Whether the article is counted in pieces, so that 2.5 is a slip."""
        self.ensure_one()
        # Without env.ref(), which looks the record up every time.
        piece = self.env["ir.model.data"]._xmlid_to_res_id(
            "uom.product_uom_unit", raise_if_not_found=False
        )
        # Of the template: the unit of a variant is a copy that is computed each time.
        unit = self.product_tmpl_id.uom_id
        root = (unit.parent_path or "").split("/")[0]
        return bool(piece) and root == str(piece)

    def _compute_product_price_extra(self):
        self._b2b_know_plain()
        return super()._compute_product_price_extra()

    def _b2b_know_plain(self):
        """Read which articles have no attribute values, for all of them in one go.

        Odoo's own way joins five tables for their order; most articles have none. The
        stored ``combination_indices`` say it as well, but not what was written through
        Odoo's other field on the same relation.
        """
        field = self._fields["product_template_attribute_value_ids"]
        known = field._get_cache(self.env)
        asked = [number for number in self._ids if number and number not in known]
        if not asked:
            return
        rows = self.env.execute_query(
            SQL(
                "SELECT %(own)s FROM %(relation)s WHERE %(own)s IN %(asked)s",
                own=SQL.identifier(field.column1),
                relation=SQL.identifier(field.relation),
                asked=tuple(asked),
            )
        )
        valued = {number for (number,) in rows}
        plain = self.browse(number for number in asked if number not in valued)
        field._insert_cache(plain, ((),) * len(plain))

    def _b2b_note_text(self, note):
        _ = self.env._
        values = {
            "typed": f"{note.typed:g}",
            "corrected": f"{note.corrected:g}",
            "value": f"{note.value:g}",
        }
        if note.code == rules.MINIMUM:
            return _("%(typed)s → %(corrected)s: at least %(value)s", **values)
        if note.code == rules.MAXIMUM:
            return _("%(typed)s → %(corrected)s: at most %(value)s", **values)
        if note.value == 1:
            return _("%(typed)s → %(corrected)s: whole pieces", **values)
        return _("%(typed)s → %(corrected)s: packs of %(value)s", **values)

    def _b2b_check_known(self):
        """Refuse an empty recordset with the sentence for unknown articles."""
        if not self.exists():
            raise UserError(self.env._("There is no such article."))
