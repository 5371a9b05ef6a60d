from odoo import api, models

#: Buttons of an order's head that change nothing.
READING = {"action_preview_sale_order"}
#: Below the lines stand buttons that add to them.
BELOW = "//div[@name='so_button_below_order_lines']//button"


class SaleOrder(models.Model):
    """Who may only read orders (pricing, credit) gets no button that would fail."""

    _inherit = "sale.order"

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self.has_access("write"))

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form" and not self.has_access("write"):
            # One with groups says itself who may use it ("Payment received…").
            changing = arch.xpath("/form/header/button[not(@groups)]")
            changing += arch.xpath(BELOW)
            for name in self._b2b_changing_buttons():
                changing += arch.xpath("//button[@name=$name]", name=name)
            for button in changing:
                if button.get("name") not in READING:
                    button.getparent().remove(button)
        return arch, view

    @api.model
    def _b2b_changing_buttons(self):
        """Names of buttons elsewhere in the form that change the order."""
        return set()
