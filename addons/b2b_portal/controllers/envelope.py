"""What a request of ``/trade`` may bring along, and what its answer tells browsers."""

import inspect

from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from odoo.http import request

#: Prices and orders are not for whoever sits down at this computer next.
NOT_KEPT = "private, no-store"
#: Pages stay for the browser's way back alone: the checkout that was sent has to be
#: there, to be sent again by mistake and still be one order.
ASKED_AGAIN = "private, no-cache"


def without_files(endpoint, params):
    """Parameters without files, but for the ``file`` that an endpoint names.

    A form may send a file in the place of any text; nothing else expects one.
    """
    takes_file = "file" in inspect.signature(endpoint).parameters
    return {
        key: value
        for key, value in params.items()
        if not isinstance(value, FileStorage) or (takes_file and key == "file")
    }


def not_kept(result):
    """The result of an endpoint, not to be kept unless it says so for itself."""
    if isinstance(result, Response):
        is_page = (result.mimetype or "") == "text/html"
        keep = ASKED_AGAIN if is_page else NOT_KEPT
        result.headers.setdefault("Cache-Control", keep)
    else:
        # data of a JSON call, whose response is made later
        request.future_response.headers.set("Cache-Control", NOT_KEPT)
    return result
