from lxml import etree

from odoo import models

#: ``<t t-call="b2b_portal.heart" b2b-inline="1"/>``
INLINE = "b2b-inline"


class IrQweb(models.AbstractModel):
    """Small templates that rows call, compiled into the row.

    A page of fifty rows calls pictures, hearts and steppers 250 times, and each call
    costs more than what it renders. Inherited views work as ever: what is put in is
    the template as all addons together made it.
    """

    _inherit = "ir.qweb"

    def _get_template(self, template):
        element, document, ref = super()._get_template(template)
        self._b2b_put_in(element)
        return element, document, ref

    def _b2b_put_in(self, element):
        for call in element.findall(f".//t[@{INLINE}]"):
            condition = {key: call.get(key) for key in call.keys() if key == "t-if"}
            if len(call) or set(call.keys()) - {"t-call", "t-if", INLINE}:
                # What a call is given must not stay set for the rest of the row.
                raise ValueError(
                    f"{INLINE} takes no values: {etree.tostring(call).decode()}"
                )
            _tree, document, _ref = super()._get_template(call.get("t-call"))
            part = etree.fromstring(document)
            part.attrib.pop("t-name", None)
            self._b2b_put_in(part)
            group = etree.Element("t", condition)
            group.tail = call.tail
            if part.tag == "t" and not part.attrib:
                # Only the room around what the template says is left out.
                group.text = (part.text or "").lstrip()
                group.extend(part)
                if len(group):
                    group[-1].tail = (group[-1].tail or "").rstrip()
            else:
                # Its root is an element, or has a condition of its own.
                group.append(part)
            call.getparent().replace(call, group)
