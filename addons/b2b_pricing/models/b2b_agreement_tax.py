from odoo import api, models


class Agreement(models.Model):
    """The agreement's fiscal position overrules the place only marked, with a document.

    The mark is one of the terms; document and date are renewed while it runs.
    """

    _name = "b2b.agreement"
    _inherit = ["b2b.agreement", "b2b.tax.mark.mixin"]

    @api.model
    def _b2b_terms(self):
        return super()._b2b_terms() | {"b2b_tax_mark"}

    @api.model
    def _b2b_audited_fields(self):
        return (
            *super()._b2b_audited_fields(),
            "b2b_tax_mark",
            "b2b_tax_document_name",
            "b2b_tax_valid_until",
        )

    def copy_data(self, default=None):
        """A new version keeps the document, which is the same one."""
        vals_list = super().copy_data(default)
        for agreement, vals in zip(self, vals_list, strict=True):
            if vals.get("b2b_tax_mark"):
                vals["b2b_tax_document"] = agreement.b2b_tax_document
                vals["b2b_tax_document_name"] = agreement.b2b_tax_document_name
        return vals_list
