"""Routes of ``/trade``: one decorator per kind of request.

A page, a form post and a JSON call differ only in how a refusal is shown. The
decorators build the context, check seat, permission and party state, clean the
input and map exceptions to statuses:

===============================  ======  =================================
raised                           status  said
===============================  ======  =================================
``TradeError(status, message)``  status  its message
``UserError``                    400     its message
``AccessError``                  403     the role does not include this
``MissingError``, ``NotFound``   404     the same words for foreign and none
===============================  ======  =================================

Whatever was written before is rolled back. Serialization failures pass through
to Odoo's own retry.
"""

import inspect
from urllib.parse import urlencode

import werkzeug.exceptions

from odoo import http
from odoo.exceptions import AccessDenied, AccessError, MissingError, UserError
from odoo.http import request

from ..context import build_context
from ..tools import clean_input
from .envelope import NOT_KEPT, not_kept, without_files
from .refusal import (
    PAGE,
    TradeError,
    check_cart,
    forbidden,
    not_found,
    target,
)

#: Ids beyond PostgreSQL's integer can name nothing, they are simply not found.
MAX_ID = 2**31 - 1


# -- rendering ----------------------------------------------------------------


def render(template, values=None, *, active="", title="", status=200):
    """Render a page inside the frame.

    :param active: key of the navigation item that is current
    :param title: title of the browser's tab
    """
    ctx = request.b2b
    frame = ctx.env["b2b.portal.frame"]
    qcontext = {
        **frame._b2b_render_values(ctx, active=active),
        "page_title": title,
        **(values or {}),
    }
    response = request.render(template, qcontext, status=status)
    response.flatten()
    return response


def render_part(template, values=None):
    """Render a fragment (rows, a card) to markup for a JSON answer."""
    ctx = request.b2b
    frame = ctx.env["b2b.portal.frame"]
    qcontext = {**frame._b2b_part_values(ctx), "request": request, **(values or {})}
    return request.env["ir.qweb"]._render(template, qcontext)


def error_page(error):
    if error.location and request.httprequest.method == "GET":
        return request.redirect(error.location, code=303)
    ctx = getattr(request, "b2b", None)
    values = {
        "status": error.status,
        "heading": error.heading or _heading(error.status),
        "message": error.message,
        "about_cart": error.cart,
    }
    if ctx and ctx.party.b2b_state not in ("pending", "rejected"):
        return render(
            "b2b_portal.error_page",
            values,
            title=values["heading"],
            status=error.status,
        )
    values.update(page_title=values["heading"], company=request.env.company.sudo())
    response = request.render("b2b_portal.error_page_bare", values, status=error.status)
    response.flatten()
    return response


def _heading(status):
    _ = request.env._
    return {
        400: _("This could not be read"),
        403: _("Not open to you"),
        404: _("Not found"),
        409: _("Changed in another tab"),
    }.get(status, _("Not done"))


def _error_json(error):
    """An error body Odoo's ``rpc`` understands, with the true status."""
    body = {
        "jsonrpc": "2.0",
        "id": getattr(request.dispatcher, "request_id", None),
        "error": {
            "code": error.status,
            "message": error.message,
            "data": {
                "name": "odoo.addons.b2b_portal.TradeError",
                "message": error.message,
                "arguments": [error.message],
                "status": error.status,
                "debug": "",
            },
        },
    }
    headers = [("Cache-Control", NOT_KEPT)]
    werkzeug.exceptions.abort(
        request.make_json_response(body, headers=headers, status=error.status)
    )


# -- checks -------------------------------------------------------------------


def check_seat_id(seat_id):
    """409 when the page was made for another seat than the session's."""
    _ = request.env._
    ctx = request.b2b
    try:
        seat_id = int(seat_id)
    except (TypeError, ValueError, OverflowError):
        raise TradeError(
            400,
            _("The request does not say for whom it was made; load the page again."),
        ) from None
    if seat_id != ctx.seat.id:
        raise TradeError(
            409,
            _(
                "You now act for %(party)s in another tab. Nothing was changed here; "
                "load the page again.",
                party=ctx.party.name,
            ),
        )


def check_csrf(token):
    """Odoo's own check, but after the seat's: a switch rotates the session.

    Otherwise the older tab would only hear that its form is too old.
    """
    if request.dispatcher.routing_type != "http" or request.validate_csrf(token):
        return
    raise TradeError(400, request.env._("This page is too old; load it again."))


def _check_party(ctx, buying):
    _ = request.env._
    state = ctx.party.b2b_state if ctx.party.active else "rejected"
    if state == "pending":
        raise TradeError(
            403,
            _(
                "We are checking the details of %(party)s. You get a mail as soon as "
                "you can order.",
                party=ctx.party.name,
            ),
            heading=_("Your access is being checked"),
        )
    if state == "rejected":
        raise TradeError(
            403,
            _("%(party)s is not open for trade with us.", party=ctx.party.name),
            heading=_("No access"),
        )
    if buying and state != "active":
        raise TradeError(
            403,
            _(
                "Orders of %(party)s are stopped at the moment. You may look at "
                "everything; your account manager tells you more.",
                party=ctx.party.name,
            ),
            heading=_("No orders at the moment"),
        )


def _no_party():
    """An agent acts for nobody yet: pages lead to the list of his parties."""
    query = {"go": target(request.httprequest.path, "")}
    query = f"?{urlencode(query)}" if query["go"] else ""
    return TradeError(
        403,
        request.env._("You act for no party now; choose one of your parties first."),
        location=f"/trade/agent{query}",
    )


def _prepare(permission, buying, check_seat, seat_id, csrf_token, cart_id):
    request.b2b = None
    ctx = build_context(request.env, cart_id)
    if ctx is None and request.env.user._b2b_acts_as_agent():
        raise _no_party()
    if ctx is None:
        raise TradeError(
            403,
            request.env._(
                "Your login %(login)s has no active seat in a trading company. Ask "
                "the administrator of your company, or us, to give you one.",
                login=request.env.user.login,
            ),
            heading=request.env._("No seat"),
        )
    request.b2b = ctx
    _check_party(ctx, buying)
    if check_seat:
        check_seat_id(seat_id)
        check_csrf(csrf_token)
    permissions = (permission,) if isinstance(permission, str) else permission or ()
    if permissions and not any(ctx.can(name) for name in permissions):
        raise forbidden()
    return ctx


def _as_trade_error(exc):
    """Translate what models raise into status and words."""
    if isinstance(exc, TradeError):
        return exc
    if isinstance(exc, (MissingError, werkzeug.exceptions.NotFound)):
        return not_found()
    if isinstance(exc, (AccessError, AccessDenied, werkzeug.exceptions.Forbidden)):
        return forbidden()
    # a row locked by someone else is a conflict (409); the rest was read, not done
    if exc.http_status == 409:
        return TradeError(409, exc.args[0])
    return TradeError(400, exc.args[0], heading=request.env._("This was not done"))


def _check_ids(params):
    """``/trade/product/99999999999`` is not found, not an SQL overflow.

    The page's cart was read with the context; 0 says that there was none.
    """
    for key, value in params.items():
        if not key.endswith("_id") or key == "cart_id":
            continue
        if isinstance(value, int) and not 0 < value <= MAX_ID:
            raise not_found()


# -- decorators ---------------------------------------------------------------


def _accepted(endpoint, params):
    """Drop what the endpoint does not name: never a TypeError, never a warning."""
    names = inspect.signature(endpoint).parameters
    if any(p.kind is p.VAR_KEYWORD for p in names.values()):
        return params
    return {key: value for key, value in params.items() if key in names}


def guard(endpoint, on_error, prepare):
    """An endpoint behind its checks; refusals become pages or JSON errors.

    :param prepare: takes seat id, form token and cart id of the request, returns the
        context
    """

    def guarded(self, /, **params):
        # Names of our own arguments are no business of a request.
        params = {k: v for k, v in params.items() if k not in ("self", "ctx")}
        params = without_files(endpoint, params)
        try:
            seat_id = params.pop("seat_id", None)
            token = params.pop("csrf_token", None)
            ctx = prepare(seat_id, token, params.get("cart_id"))
            _check_ids(params)
            params = clean_input(params)
            return not_kept(endpoint(self, ctx, **_accepted(endpoint, params)))
        except (
            TradeError,
            UserError,
            AccessDenied,
            werkzeug.exceptions.NotFound,
            werkzeug.exceptions.Forbidden,
        ) as exc:
            error = _as_trade_error(exc)
            request.env.cr.rollback()
            # What was remembered of the writes that are undone is forgotten as well.
            request.env.registry.reset_changes()
            return not_kept(on_error(error))

    guarded.__name__ = endpoint.__name__
    guarded.__module__ = endpoint.__module__
    guarded.__doc__ = endpoint.__doc__
    return guarded


def _decorator(on_error, check_seat, *, permission, buying, cart, **routing):
    def prepare(seat_id, token, cart_id):
        ctx = _prepare(permission, buying, check_seat, seat_id, token, cart_id)
        check_cart(ctx, cart)
        return ctx

    def decorate(endpoint):
        # One address in all languages: they follow the person, see ``ir.http``.
        routing.setdefault("multilang", False)
        return http.route(**routing)(guard(endpoint, on_error, prepare))

    return decorate


def trade_page(path, *, permission=None, buying=False, readonly=True, **routing):
    """A GET page: ``endpoint(self, ctx, **query)`` returns ``render(...)``.

    :param permission: name, or tuple of names of which one suffices
    :param buying: refuse parties that may only look
    """
    routing.setdefault("sitemap", False)
    return _decorator(
        error_page,
        False,
        permission=permission,
        buying=buying,
        cart=PAGE,
        route=path,
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=readonly,
        **routing,
    )


def trade_form(
    path, *, permission=None, buying=False, cart=None, on_error=error_page, **routing
):
    """A POSTed form with ``csrf_token`` and ``seat_id``; returns a redirect.

    :param cart: what it needs of its page's cart, see :func:`check_cart`
    """
    routing.setdefault("sitemap", False)
    return _decorator(
        on_error,
        True,
        permission=permission,
        buying=buying,
        cart=cart,
        route=path,
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        csrf=False,  # checked by check_csrf, after the seat
        **routing,
    )


def trade_json(
    path, *, permission=None, buying=False, cart=None, readonly=False, **routing
):
    """A JSON call that carries ``seat_id``; returns plain data.

    :param cart: what it needs of its page's cart, see :func:`check_cart`
    """
    return _decorator(
        _error_json,
        True,
        permission=permission,
        buying=buying,
        cart=cart,
        route=path,
        type="jsonrpc",
        auth="user",
        website=True,
        methods=["POST"],
        readonly=readonly,
        **routing,
    )


def to_int(value, default=0, *, low=0, high=MAX_ID):
    """Query strings hold anything: a bounded number or the default."""
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        return default
    return number if low <= number <= high else default
