import threading
import time

from werkzeug.routing import Map

from odoo.tests import BaseCase, tagged

from odoo.addons.base.models.ir_http import FasterRule


@tagged("post_install", "-at_install")
class TestRouteBuilder(BaseCase):
    """Two threads are the first ones to build the path of a route."""

    def test_both_get_the_path(self):
        rule = FasterRule("/trade/order/<int:order_id>", endpoint="order")
        Map([rule])
        builder = rule._build_unknown
        compile_builder = builder._compile_builder
        compiled = []

        def slowly(append_unknown):
            compiled.append(append_unknown)
            time.sleep(0.2 * len(compiled))
            return compile_builder(append_unknown)

        builder._compile_builder = slowly
        paths = []
        threads = [
            threading.Thread(target=lambda: paths.append(rule.build({"order_id": 7})))
            for _number in range(2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([path for _domain, path in paths], ["/trade/order/7"] * 2)
        self.assertEqual(compiled, [True])
