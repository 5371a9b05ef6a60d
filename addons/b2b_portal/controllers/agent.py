"""An external agent's pages: the parties assigned to him, and acting for one."""

import re
from urllib.parse import urlencode

from odoo import fields, http
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.http import request

from ..context import build_context
from ..models.portal_agent import PARTIES_PER_PAGE
from .base import (
    TradeError,
    check_csrf,
    check_seat_id,
    error_page,
    forbidden,
    guard,
    target,
    to_int,
)
from .switch import become

ORDERS_PER_PAGE = 30


def _prepare_page(_seat_id, _token, _cart_id=None):
    """The agent who is signed in; a page of his seat in a party is his page too."""
    request.b2b = build_context(request.env)
    person = request.env["b2b.portal.agent"]._b2b_agent_person()
    if not person:
        raise forbidden()
    return person


def _prepare_form(seat_id, token, _cart_id):
    request.b2b = build_context(request.env)
    if request.b2b:
        check_seat_id(seat_id)
    elif str(seat_id) != "0":
        raise TradeError(
            409 if str(seat_id).isdecimal() else 400,
            request.env._(
                "You acted for a party in another tab. Nothing was changed here; load "
                "the page again."
            ),
        )
    check_csrf(token)
    return _prepare_page(seat_id, token)


def _route(path, prepare, **routing):
    def decorate(endpoint):
        return http.route(path, type="http", auth="user", sitemap=False, **routing)(
            guard(endpoint, error_page, prepare)
        )

    return decorate


def agent_page(path):
    return _route(path, _prepare_page, website=True, methods=["GET"], readonly=True)


def agent_form(path):
    return _route(path, _prepare_form, website=True, methods=["POST"], csrf=False)


def render_agent(template, person, values, *, active, title):
    ctx = request.b2b
    frame = request.env["b2b.portal.frame"].sudo()
    contact = person.login_user_id.partner_id
    qcontext = {
        **frame._b2b_agent_values(),
        "page_title": title,
        "active": active,
        "person": person,
        "agency": contact.commercial_partner_id,
        "company": request.env.company.sudo(),
        "acting": ctx and ctx.party,
        # a text: QWeb leaves out an attribute that is 0
        "seat_id": str(ctx.seat.id if ctx else 0),
        **values,
    }
    response = request.render(template, qcontext)
    response.flatten()
    return response


class TradeAgent(http.Controller):
    @agent_page("/trade/agent")
    def parties(self, person, search="", page="1", go=""):
        agent = request.env["b2b.portal.agent"]
        search = str(search)[:100]
        parties = person.env["res.partner"]
        total = parties.search_count(agent._b2b_agent_domain(person, search))
        pages = max(1, -(-total // PARTIES_PER_PAGE))
        page = to_int(page, 1, low=1, high=pages)
        wanted = self._wanted(agent, person, go)
        values = {
            "rows": agent._b2b_agent_parties(person, search, page),
            "query": search,
            "total": total,
            "page": page,
            "pages": pages,
            "wanted": wanted,
            "go": target(go, "") if wanted else "",
            "page_url": lambda number: _url("/trade/agent", search=search, page=number),
            "this_year": fields.Date.context_today(parties).year,
        }
        return render_agent(
            "b2b_portal.agent_parties",
            person,
            values,
            active="parties",
            title=request.env._("Parties"),
        )

    @agent_page("/trade/agent/orders")
    def orders(self, person, party="", state="all", search="", page="1"):
        agent = request.env["b2b.portal.agent"]
        Order = person.env["sale.order"]
        filters = Order._b2b_pages_filters()
        state = state if state in filters else "all"
        search = str(search)[:100]
        parties = person.env["res.partner"].search_fetch(
            agent._b2b_agent_domain(person), ["name"], order="name, id"
        )
        chosen = parties.filtered(lambda p: str(p.id) == str(party))
        domain = agent._b2b_agent_orders_domain(person)
        domain &= Order._b2b_pages_search(search)
        if chosen:
            domain &= Domain("b2b_party_id", "=", chosen.id)
        counts = Order._b2b_pages_counts(domain)
        pages = max(1, -(-counts[state] // ORDERS_PER_PAGE))
        page = to_int(page, 1, low=1, high=pages)
        found = Order.search(
            domain & Domain(filters[state][1]),
            order="date_order desc, id desc",
            limit=ORDERS_PER_PAGE,
            offset=(page - 1) * ORDERS_PER_PAGE,
        )

        def url(**query):
            kept = {"party": chosen.id, "state": state, "search": search, **query}
            return _url("/trade/agent/orders", **kept)

        values = {
            "rows": person.env["b2b.portal.home"]._b2b_order_rows(None, found),
            "parties": parties,
            "chosen": chosen,
            "tabs": [
                {
                    "label": label,
                    "count": counts[key],
                    "active": key == state,
                    "url": url(state=key),
                }
                for key, (label, _domain) in filters.items()
            ],
            "state": state,
            "query": search,
            "total": counts[state],
            "page": page,
            "pages": pages,
            "page_url": lambda number: url(page=number),
            "this_year": fields.Date.context_today(Order).year,
        }
        return render_agent(
            "b2b_portal.agent_orders",
            person,
            values,
            active="orders",
            title=request.env._("Orders"),
        )

    @agent_form("/trade/agent/order")
    def order_for(self, person, party_id="", go="", document=""):
        """Act for a party from now on: the session goes over to the seat there.

        :param document: ``party-order``, the buttons of the list of orders
        """
        opened = re.fullmatch(r"(\d{1,10})-(\d{1,10})", str(document))
        if opened:
            party_id, go = opened[1], f"/trade/orders/{opened[2]}"
        party = request.env["b2b.portal.agent"]._b2b_agent_party(person, party_id)
        try:
            seat = person._b2b_agent_seat(party)
        except AccessError as refusal:
            # assigned, but the seat there was taken away by hand
            raise TradeError(403, refusal.args[0]) from None
        if seat.user_id != request.env.user:
            become(seat.user_id)
            seat._b2b_note_visit()
        return request.redirect(target(go), code=303)

    def _wanted(self, agent, person, go):
        """The order that a mail led to: it opens after a switch to its party."""
        number = re.search(r"\d+", target(go, ""))
        if not number:
            return person.env["sale.order"]
        return agent._b2b_agent_order(person, int(number[0]))


def _url(path, **query):
    query = {k: v for k, v in query.items() if v and (k, v) not in DEFAULTS}
    return path + (f"?{urlencode(query)}" if query else "")


#: What needs no word in an address.
DEFAULTS = {("state", "all"), ("page", 1)}
