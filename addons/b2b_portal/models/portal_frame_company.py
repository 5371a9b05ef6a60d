from odoo import models

from ..tools import clock, day, initials, money, number


class B2bPortalFrame(models.AbstractModel):
    """The frame's parts about companies, people and addresses."""

    _inherit = "b2b.portal.frame"

    def _b2b_nav_items(self, ctx):
        _ = self.env._
        items = super()._b2b_nav_items(ctx)
        if ctx.can("manage_seats"):
            items.append(
                {
                    "key": "team",
                    "label": _("Team"),
                    "url": "/trade/team",
                    "icon": "fa-users",
                    "sequence": 70,
                }
            )
        if ctx.can("choose_address") or ctx.can("manage_addresses"):
            items.append(
                {
                    "key": "addresses",
                    "label": _("Addresses"),
                    "url": "/trade/addresses",
                    "icon": "fa-map-marker",
                    "sequence": 95,
                }
            )
        return items

    def _b2b_frame(self, ctx, active):
        frame = super()._b2b_frame(ctx, active)
        frame["agent"] = ctx.seat.is_agent
        frame["invitations"] = ctx.invitations
        if ctx.seat.is_agent:
            # An agent may have hundreds; the others are on the list of his parties.
            frame["seats"] = frame["seats"][:8]
        return frame

    # -- invitations of other companies ------------------------------------------

    def _b2b_needs(self, ctx):
        return super()._b2b_needs(ctx) + self._b2b_needs_invitations(ctx)

    def _b2b_needs_count(self, ctx, decisions):
        count = super()._b2b_needs_count(ctx, decisions)
        return count + len(ctx.invitations)

    def _b2b_needs_invitations(self, ctx):
        _ = self.env._
        return [
            {
                "kind": "info",
                "icon": "fa-envelope-open-o",
                "text": _(
                    "%(party)s invites you as %(role)s",
                    party=seat.party_id.name,
                    role=seat.role_id.name,
                ),
                "url": "/trade/team/invitations",
                "button": _("Answer"),
                "invitation": seat,
                "sequence": 5,
            }
            for seat in ctx.invitations
        ]

    # -- an agent's own pages ----------------------------------------------------

    def _b2b_agent_values(self):
        """Values of an agent's own pages: there is no party and no cart."""
        env = self.env
        return {
            "money": lambda amount, currency: money(env, amount, currency),
            "number": lambda value: number(env, value),
            "day": lambda value, **kw: day(env, value, **kw),
            "clock": clock,
            "initials": initials,
        }
