"""The mail to approvers tells the whole order, its findings, and links to it.

Mail templates are not updated with the addon, because companies write their own. One
that nobody has changed since it was installed gets the present text.
"""

import logging

from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.tools import file_open

_logger = logging.getLogger(__name__)

TEMPLATE = "mail_template_hold_opened"
FILE = "b2b_approval/data/mail_template_data.xml"


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
    template = env.ref(f"b2b_approval.{TEMPLATE}", raise_if_not_found=False)
    if not template or "b2b_hold_ids" in (template.body_html or ""):
        return
    if template.write_date != template.create_date:
        _logger.warning(
            "The mail template “%s” was changed by hand and stays; it names one "
            "finding of an order and links to the list. “Reset template” in its form "
            "takes the present text.",
            template.name,
        )
        return
    template.body_html = shipped_body()


def shipped_body():
    with file_open(FILE, "rb") as source:
        root = etree.parse(source).getroot()
    (field,) = root.xpath(f"record[@id='{TEMPLATE}']/field[@name='body_html']")
    return "".join(etree.tostring(node, encoding="unicode") for node in field)
