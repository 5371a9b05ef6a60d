from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestWarehouseAddress(TransactionCase):
    """Where a warehouse stands is remembered, and never longer than it is true."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search([], limit=1)
        cls.old = cls.warehouse.partner_id
        cls.new = cls.env["res.partner"].create({"name": "The new hall"})

    def test_a_new_address_counts_at_once(self):
        self.assertEqual(self.warehouse._b2b_address(), self.old)
        self.warehouse.partner_id = self.new
        self.assertEqual(self.warehouse._b2b_address(), self.new)
        self.warehouse.partner_id = False
        self.assertFalse(self.warehouse._b2b_address())

    def test_what_is_asked_while_it_is_written_is_forgotten(self):
        asked = []
        Warehouse = type(self.warehouse)
        write = Warehouse._update_partner_data

        def look(warehouse, *args):
            asked.append(warehouse._b2b_address_id())
            return write(warehouse, *args)

        self.patch(Warehouse, "_update_partner_data", look)
        self.warehouse.partner_id = self.new
        self.assertTrue(asked)
        self.assertEqual(self.warehouse._b2b_address(), self.new)

    def test_an_address_that_was_taken_back_is_forgotten(self):
        self.assertEqual(self.warehouse._b2b_address(), self.old)
        point = self.env.cr.savepoint()
        self.warehouse.partner_id = self.new
        self.assertEqual(self.warehouse._b2b_address(), self.new)
        point.close(rollback=True)
        # As every request and job does after it was undone.
        self.env.registry.reset_changes()
        self.assertEqual(self.warehouse._b2b_address(), self.old)

    def test_none_without_a_warehouse(self):
        self.assertFalse(self.env["stock.warehouse"]._b2b_address())
