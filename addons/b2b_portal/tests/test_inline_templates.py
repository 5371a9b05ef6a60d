from odoo.tests import TransactionCase, tagged

from odoo.addons.base.models.ir_qweb import QWebError


@tagged("post_install", "-at_install")
class TestInlineTemplates(TransactionCase):
    """A template that is put into its caller says what a called one says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.small = cls._view("small", "<b t-out=\"row['name']\" />")
        cls._view("middle", '<i><t t-call="b2b_test.small" b2b-inline="1" /></i>')

    @classmethod
    def _view(cls, name, body, **values):
        key = f"b2b_test.{name}"
        view = cls.env["ir.ui.view"].create(
            {
                "name": name,
                "type": "qweb",
                "key": key,
                "arch": body if values else f'<t t-name="{key}">{body}</t>',
                **values,
            }
        )
        cls.env["ir.model.data"].create(
            {
                "module": "b2b_test",
                "name": name,
                "model": "ir.ui.view",
                "res_id": view.id,
            }
        )
        return view

    def _render(self, call):
        page = f'<t t-foreach="rows" t-as="row"><p>{call}</p></t>'
        view = self._view(f"page_{self.env['ir.ui.view'].search_count([])}", page)
        rows = [{"name": "Hearts & Co"}, {"name": ""}, {"name": "Ink"}]
        return str(self.env["ir.qweb"]._render(view.id, {"rows": rows}))

    def test_same_as_a_call(self):
        for template in ("small", "middle"):
            for condition in ("", " t-if=\"row['name']\""):
                call = f'<t{condition} t-call="b2b_test.{template}" %s/>'
                put_in = self._render(call % 'b2b-inline="1" ')
                self.assertEqual(put_in, self._render(call % ""))
                self.assertIn("<b>Hearts &amp; Co</b>", put_in)

    def test_the_root_of_a_template_stays(self):
        """An element, or a condition, that another addon gave the whole template."""
        self._root(
            "element", '<u t-name="%s" class="all"><b t-out="row[\'name\']" /></u>'
        )
        self._root("never", '<t t-name="%s" t-if="False"><b /></t>')
        for name, count in (("element", 3), ("never", 0)):
            call = f'<t t-call="b2b_test.{name}" %s/>'
            put_in = self._render(call % 'b2b-inline="1" ')
            self.assertEqual(put_in.count("<b"), count)
            self.assertEqual(
                "".join(put_in.split()), "".join(self._render(call % "").split())
            )

    def _root(self, name, arch):
        view = self._view(name, "<b />")
        view.arch = arch % view.key

    def test_what_other_addons_change_is_put_in(self):
        call = '<t t-call="b2b_test.middle" b2b-inline="1" />'
        before = self._render(call)
        self._view(
            "more",
            '<xpath expr="//b" position="after"><u>new</u></xpath>',
            inherit_id=self.small.id,
            mode="extension",
        )
        self.assertNotIn("new", before)
        self.assertEqual(self._render(call).count("<u>new</u>"), 3)

    def test_takes_no_values(self):
        """They would stay set for the rest of the row."""
        for call in (
            '<t t-call="b2b_test.small" b2b-inline="1" row="1" />',
            '<t t-call="b2b_test.small" b2b-inline="1"><b>x</b></t>',
        ):
            with self.assertRaisesRegex(QWebError, "takes no values"):
                self._render(call)
