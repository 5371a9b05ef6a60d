from odoo import models
from odoo.fields import Domain

from ..rules import upload
from ..tools import number

#: What one article leads to at most.
MOST = 12


class B2bPortalDocuments(models.AbstractModel):
    """Documents of an article, and the articles its page leads to."""

    _name = "b2b.portal.documents"
    _description = "Documents and related articles of the trade portal"

    def _b2b_documents(self, ctx, product):
        """Documents that the company shows in the portal, of variant and article.

        :param product: product.product that the buyer's catalog holds
        """
        return ctx.env["product.document"].search_fetch(
            self._b2b_document_domain(product),
            ["name", "type", "file_size", "mimetype"],
        )

    def _b2b_document_domain(self, product):
        of_variant = Domain("res_model", "=", "product.product") & Domain(
            "res_id", "=", product.id
        )
        of_article = Domain("res_model", "=", "product.template") & Domain(
            "res_id", "=", product.product_tmpl_id.id
        )
        shown = Domain("b2b_in_portal", "=", True) & Domain(
            "type", "in", ("binary", "url")
        )
        company = Domain("company_id", "in", (False, product.env.company.id))
        return shown & company & (of_variant | of_article)

    def _b2b_document(self, ctx, product, document_id):
        """One document of an article, or nothing."""
        return ctx.env["product.document"].search(
            self._b2b_document_domain(product) & Domain("id", "=", document_id)
        )

    def _b2b_document_rows(self, ctx, product):
        """Rows for the page: dicts ``id, name, kind, size``."""
        rows = []
        for document in self._b2b_documents(ctx, product):
            kind = (document.mimetype or "").rpartition("/")[2].upper()
            rows.append(
                {
                    "id": document.id,
                    "name": document.name,
                    "link": document.type == "url",
                    "kind": kind if len(kind) <= 5 else "",
                    "size": self._b2b_size(document.file_size),
                }
            )
        return rows

    def _b2b_size(self, size):
        """``240 kB`` or ``1.4 MB``; nothing of a link."""
        if not size:
            return ""
        value, unit = upload.size_words(size)
        return f"{number(self.env, value, digits=1)} {unit}"

    # -- other articles --------------------------------------------------------------

    def _b2b_related(self, ctx, product):
        """Rows of alternatives and of what goes with it: ``(rows, rows)``.

        Only what the buyer's catalog holds; of an article with variants the first.
        """
        template = product.product_tmpl_id
        alternatives = self._b2b_first_variants(ctx, template.b2b_alternative_ids)
        accessories = self._b2b_first_variants(ctx, template.b2b_accessory_ids)
        both = ctx.env["b2b.portal.rows"]._b2b_rows(
            ctx, alternatives | accessories, others=False
        )
        by_id = {row["id"]: row for row in both}
        return (
            [by_id[each.id] for each in alternatives],
            [by_id[each.id] for each in accessories],
        )

    def _b2b_first_variants(self, ctx, templates):
        if not templates:
            return ctx.env["product.product"]
        found = ctx.env["b2b.catalog"]._b2b_products(
            ctx, Domain("product_tmpl_id", "in", templates.ids), order="id"
        )
        first = {}
        for variant in found:
            first.setdefault(variant.product_tmpl_id.id, variant.id)
        return found.browse([first[t.id] for t in templates if t.id in first][:MOST])
