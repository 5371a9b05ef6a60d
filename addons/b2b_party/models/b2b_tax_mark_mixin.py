from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules import tax_place


class TaxMarkMixin(models.AbstractModel):
    """A fiscal position that overrules the place of supply: marked, with a document.

    Without mark, document and a date that is not over, the position is not used and
    orders say so. It never reaches beyond the countries of the position.
    """

    _name = "b2b.tax.mark.mixin"
    _description = "B2B Agreed Taxation"

    b2b_tax_mark = fields.Boolean(
        "Overrules the place of supply",
        help="The fiscal position counts instead of the one that follows from where "
        "the goods go, within the countries of the position. Needs a document.",
    )
    b2b_tax_document = fields.Binary(
        "Tax document",
        attachment=True,
        copy=False,
        help="The certificate or letter that allows it, for instance of an exempt "
        "organisation.",
    )
    # Orders ask for it: not to read the file each time.
    b2b_tax_documented = fields.Boolean(
        "Has a tax document",
        compute="_compute_b2b_tax_documented",
        store=True,
        help="Whether the document is attached.",
    )
    b2b_tax_document_name = fields.Char("Name of the document", copy=False)
    b2b_tax_valid_until = fields.Date(
        "Document valid until",
        help="Last day on which the position is used; then the place of supply counts "
        "again.",
    )

    @api.depends("b2b_tax_document")
    def _compute_b2b_tax_documented(self):
        for record in self.sudo():
            record.b2b_tax_documented = bool(record.b2b_tax_document)

    @api.model
    def _b2b_tax_position_field(self):
        """Name of the field with the fiscal position that the mark is about."""
        return "fiscal_position_id"

    def _b2b_tax_position(self):
        self.ensure_one()
        return self[self._b2b_tax_position_field()]

    @api.constrains("b2b_tax_mark", "b2b_tax_document", "b2b_tax_valid_until")
    def _check_b2b_tax_mark(self):
        # sudo: the document decides, also where who marks may not open it.
        for record in self.sudo().filtered("b2b_tax_mark"):
            _ = self.env._
            missing = (
                _("attach the document that allows it")
                if not record.b2b_tax_document
                else _("enter until when the document is valid")
                if not record.b2b_tax_valid_until
                else ""
            )
            if missing:
                raise ValidationError(
                    _(
                        "%(name)s overrules the tax of the place of supply: "
                        "%(missing)s.",
                        name=record.display_name,
                        missing=missing,
                    )
                )

    def _b2b_tax_fault(self, place):
        """Why the position is not used for a place; empty when it is.

        :param place: res.partner to which the goods go
        """
        self.ensure_one()
        # sudo: whether there is a document decides, whoever asks.
        record = self.sudo()
        return tax_place.mark_fault(
            record._b2b_tax_position()._b2b_fits(place),
            record.b2b_tax_mark,
            record.b2b_tax_documented,
            record.b2b_tax_valid_until,
            fields.Date.context_today(record),
        )
