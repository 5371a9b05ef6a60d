from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

#: Records of a menu that are read as its form reads them.
READ = 20


@tagged("post_install", "-at_install")
class TestForms(TransactionCase):
    """Behind every menu of ours a form opens: an empty one and those of records."""

    def _models(self):
        menus = self.env["ir.ui.menu"].with_context(active_test=False)
        root = self.env.ref("b2b_party.menu_b2b_root")
        actions = menus.search([("id", "child_of", root.id)]).mapped("action")
        windows = [a for a in actions if a and a._name == "ir.actions.act_window"]
        return sorted({window.res_model for window in windows})

    def _specification(self, model):
        """What the web client asks for when it opens the form."""
        views = model.get_views([(False, "form")])
        arch = views["views"]["form"]["arch"]
        spec = {}
        for name, info in views["models"][model._name]["fields"].items():
            if f'name="{name}"' in arch:
                related = info["type"] in ("many2one", "one2many", "many2many")
                spec[name] = {"fields": {"display_name": {}}} if related else {}
        return spec

    def test_every_form_opens(self):
        admin = self.env.ref("base.user_admin")
        models = self._models()
        self.assertIn("b2b.account.manager.rule", models)
        for name in models:
            model = self.env[name].with_user(admin)
            spec = self._specification(model)
            with self.subTest(model=name, form="of records"):
                model.search([], limit=READ).web_read(spec)
            try:
                model.check_access("create")
            except AccessError:
                continue
            with self.subTest(model=name, form="empty"):
                model.onchange({}, [], spec)
