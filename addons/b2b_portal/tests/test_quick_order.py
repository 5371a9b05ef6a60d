import base64
import io

import openpyxl

from odoo.tests import tagged

from .catalog_common import CatalogCase


def row(code, qty="1", nr=1, **more):
    return {"nr": nr, "code": code, "qty": qty, **more}


@tagged("post_install", "-at_install")
class TestQuickOrder(CatalogCase):
    def setUp(self):
        super().setUp()
        self.sign_in(self.buyer)

    def check(self, *rows):
        numbered = [{**each, "nr": nr} for nr, each in enumerate(rows, 1)]
        answer = self.json("/trade/quick-order/check", rows=numbered).json()
        self.assertIn("result", answer, answer)
        return answer["result"]

    def read(self, **params):
        return self.json("/trade/quick-order/read", **params)

    def states(self, result):
        return [each["state"] for each in result["rows"]]

    # -- what becomes of a row -------------------------------------------------------

    def test_good_rows_are_priced_by_their_quantity(self):
        result = self.check(row("T850", "100"), row("T227", "3"))
        self.assertEqual(self.states(result), ["ready", "ready"])
        self.assertEqual(result["total"], 100 * 1.5 + 3 * 4.0)
        self.assertEqual((result["lines"], result["pieces"]), (2, "103"))
        self.assertFalse(self.cart_of(self.buyer), "nothing enters the cart")

    def test_own_code_case_and_blanks_are_understood(self):
        result = self.check(row("bw-2201", "10"), row(" T227 "), row("t227", "2"))
        products = [each["product"] for each in result["rows"]]
        self.assertEqual(products, [self.bag.id, self.tin.id, self.tin.id])
        self.assertEqual(result["rows"][0]["tags"], ["letter case"])
        self.assertEqual(result["articles"][str(self.bag.id)]["own_code"], "BW-2201")

    def test_quantities_are_rounded_to_packs_and_large_changes_asked(self):
        result = self.check(row("T850", "18"), row("BW-2201", "3"))
        self.assertEqual(result["rows"][0]["problem"], "")
        result = self.check(row("T850", "18"))
        self.assertEqual(result["rows"][0]["quantity"], 20)
        self.assertIn("packs of 10", result["rows"][0]["tags"][0])
        result = self.check(row("T850", "3"))
        self.assertEqual(result["rows"][0]["problem"], "ask")
        self.assertEqual(result["rows"][0]["preset"], 10)
        self.assertEqual(result["lines"], 0)

    def test_each_bad_quantity_has_its_sentence(self):
        sentences = {
            "-1": "Quantity -1 is below zero.",
            "0": "Quantity is 0.",
            "": "This row has no quantity.",
            "2.5": "Quantity 2.5 is not a whole number.",
            "=1+1": "Quantity is a formula, not a number.",
            "+1+1": "Quantity is a formula, not a number.",
            "a few": "“a few” is not a number.",
            "1e9": "1e9 is more than one line can hold (999,999).",
        }
        result = self.check(*(row("T227", qty) for qty in sentences))
        texts = [each["text"] for each in result["rows"]]
        self.assertEqual(texts, list(sentences.values()))
        self.assertEqual(set(self.states(result)), {"need"})

    def test_unknown_and_hidden_articles_read_the_same(self):
        result = self.check(row("T999"), row("T990"), row("T22O"), row("t22?"))
        hidden, unknown = result["rows"][:2]
        self.assertEqual(hidden["text"], "There is no article T999.")
        self.assertEqual(unknown["text"], "There is no article T990.")
        self.assertNotIn(str(self.hidden.id), result["articles"])
        self.assertNotIn("SECRET", str(result))

    def test_look_alike_signs_are_named_and_offered(self):
        self._make_article("OVEN MITT", "T20B", 3.0)
        (found,) = self.check(row("T2OB"))["rows"]
        self.assertEqual(
            found["text"], "There is no article T2OB: sign 3 is the letter O."
        )
        self.assertTrue(found["sure"])
        self.assertEqual(found["product"], 0, "nothing is taken without being asked")
        (chosen,) = self.check(row("T2OB", product=found["choices"][0]))["rows"]
        self.assertEqual(chosen["state"], "ready")

    def test_nearest_articles_are_offered_but_not_sure(self):
        (found,) = self.check(row("T227B"))["rows"]
        self.assertEqual(found["choices"], [self.tin.id])
        self.assertFalse(found["sure"])

    def test_an_article_out_of_range_cannot_be_chosen(self):
        for product in (self.hidden.id, 10**8, "x", -1):
            (found,) = self.check(row("T999", product=product))["rows"]
            self.assertEqual(found["state"], "need")
            self.assertEqual(found["product"], 0)

    def test_doubled_rows(self):
        merged = self.check(row("T227", "2"), row("t227", "3"))
        self.assertEqual(self.states(merged), ["merged", "merged"])
        self.assertEqual(merged["rows"][0]["quantity"], 5)
        self.assertEqual(merged["lines"], 1)
        doubled = self.check(row("T227", "2"), row("T227", "2"))
        self.assertEqual(self.states(doubled), ["need", "need"])
        self.assertEqual(
            doubled["rows"][0]["text"], "T227 stands with 2 in row 2 as well."
        )
        several = self.check(*(row("T227", qty) for qty in ("30", "12", "30")))
        self.assertEqual(
            [each["text"] for each in several["rows"]],
            [
                "T227 stands in other rows as well: 12 in row 2; 30 in row 3.",
                "T227 stands with 30 in row 1, 3 as well.",
                "T227 stands in other rows as well: 30 in row 1; 12 in row 2.",
            ],
        )
        kept = self.check(row("T227", "2", keep=True), row("T227", "2"))
        self.assertEqual(kept["rows"][0]["quantity"], 4)

    def test_rows_without_quantities_get_the_smallest(self):
        (found,) = self.check(row("T850", None))["rows"]
        self.assertEqual((found["quantity"], found["state"]), (10, "corrected"))

    def test_queries_do_not_grow_with_the_rows(self):
        for number in range(30):
            self._make_article(f"ARTICLE {number}", f"Q{number:03}", 1.0)
        context = self.context_of(self.buyer)
        quick = self.env["b2b.portal.quick"].with_user(self.buyer.user_id).sudo()

        def queries(count):
            rows = [row(f"Q{n:03}", nr=n + 1) for n in range(count)]
            rows += [row(f"Z{n:04}", nr=n + 99) for n in range(count)]
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertEqual(len(quick._b2b_check(context, rows)["rows"]), 2 * count)
            return self.cr.sql_log_count - before

        queries(2)
        self.assertEqual(queries(30), queries(3))

    # -- reading ---------------------------------------------------------------------

    def test_a_text_named_like_a_document_is_refused(self):
        text = base64.b64encode(b"T227\t5").decode()
        for name in ("a.pdf", "a.xlsx"):
            answer = self.read(data=text, name=name).json()
            self.assertIn("no spreadsheet", answer["error"]["message"], name)
        self.assertIn("result", self.read(data=text, name="a.csv").json())
        pdf = base64.b64encode(b"%PDF-1.4 T227").decode()
        self.assertIn("error", self.read(data=pdf, name="a.csv").json())

    def test_a_pasted_text_and_a_workbook(self):
        book, file = openpyxl.Workbook(), io.BytesIO()
        for cells in (["Qty", "SKU"], [12, "T227"]):
            book.active.append(cells)
        book.save(file)
        data = base64.b64encode(file.getvalue()).decode()
        expected = {"rows": [[2, "T227", "12"]], "columns": [1, 0, True]}
        for params in ({"text": "Qty\tSKU\n12\tT227"}, {"data": data}):
            answer = self.read(**params).json()["result"]
            self.assertEqual({key: answer[key] for key in expected}, expected)
        answer = self.read(text="Qty\tSKU\n12\tT227", columns=[0, 1, False]).json()
        self.assertEqual(answer["result"]["rows"][1], [2, "12", "T227"])

    def test_what_cannot_be_read_gets_one_sentence(self):
        zipped = base64.b64encode(b"PK\x03\x04 and no more").decode()
        picture = base64.b64encode(b"\x89PNG\r\n\x1a\n\x07\x08\x00\x00").decode()
        for params, sentence in (
            ({}, "There are no rows in it."),
            ({"text": " \n;;\n"}, "There are no rows in it."),
            ({"text": "code;qty"}, "but no rows"),
            ({"text": "a;1\n" * 5002}, "more than 5,000 rows"),
            ({"text": ["x"]}, "too long"),
            ({"data": zipped}, "is damaged"),
            ({"data": picture}, "no spreadsheet"),
            ({"data": "!"}, "did not arrive"),
            ({"data": "A" * 7_000_000}, "larger than 5 MB"),
            ({"text": "a;1", "columns": [0, 0, False]}, "another for quantities"),
            ({"text": "a;1", "columns": ["x", {}, 1]}, "another for quantities"),
        ):
            self.assertRefused(self.read(**params), 400, sentence)

    def test_nonsense_instead_of_rows(self):
        for rows in (None, "x", {}, [1], [[1, 2]], [row("T227")] * 5001):
            answer = self.json("/trade/quick-order/check", rows=rows)
            self.assertRefused(answer, 400)
        odd = self.check(
            {}, row(None), row(5), row(True), row({}), row("T227", []), row("%")
        )
        self.assertEqual(set(self.states(odd)), {"need"})

    # -- who may ---------------------------------------------------------------------

    def test_pages_of_the_buyer(self):
        page = self.page("/trade/quick-order")
        self.assertIn("b2b_portal.QuickOrder", page.text)
        template = self.page("/trade/quick-order/template")
        book = openpyxl.load_workbook(io.BytesIO(template.content))
        self.assertEqual([cell.value for cell in book.active[1]], ["Code", "Quantity"])

    def test_who_may_not_order_has_no_such_page(self):
        for seat in (self.viewer, self.finance):
            self.sign_in(seat)
            self.assertEqual(self.page("/trade/quick-order").status_code, 403)
            self.assertRefused(self.read(text="T227;1"), 403)
            self.assertRefused(self.json("/trade/quick-order/check", rows=[]), 403)
            self.assertNotIn("/trade/quick-order", self.page("/trade").text)

    def test_a_blocked_party_only_looks(self):
        self.party.b2b_state = "blocked"
        self.assertEqual(self.page("/trade/quick-order").status_code, 403)
        self.assertRefused(self.json("/trade/quick-order/check", rows=[]), 403)

    def test_codes_of_another_party_mean_nothing(self):
        self.sign_in(self.rival)
        (found,) = self.check(row("BW-2201", "10"))["rows"]
        self.assertEqual(found["text"], "There is no article BW-2201.")

    def test_prices_are_absent_for_who_may_not_see_them(self):
        blind = self.env.ref("b2b_party.role_buyer").copy(
            {"name": "Blind", "see_prices": False, "party_id": self.party.id}
        )
        self.buyer.role_id = blind
        result = self.check(row("T227", "3"))
        self.assertIsNone(result["total"])
        self.assertIsNone(result["articles"][str(self.tin.id)]["price"])
        self.assertEqual(result["lines"], 1)
