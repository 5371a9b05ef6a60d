from odoo import fields, models

from odoo.addons.b2b_party.rules import amounts

from ..rules import alerts, keeping

CHOICES = ("use", "period", "action", "tax_basis")


class BudgetForm(models.AbstractModel):
    """Reads what a customer's administrator typed: values, or a sentence per field."""

    _name = "b2b.budget.form"
    _description = "Form of a Customer's Budget"

    def _b2b_read(self, form, seat, budget=None):
        """Check everything that was typed.

        :param form: dict of texts; seat_ids, supervisor_ids and category_ids are lists
        :param seat: b2b.seat of the administrator, all rights lifted
        :param budget: the budget that is changed; None for a new one
        :return: (values, errors): the errors by field name, values only without errors
        """
        values, errors = {}, {}
        self._b2b_read_name(form, values, errors)
        self._b2b_read_choices(form, values, errors)
        currency = self._b2b_read_currency(form, seat, values, errors)
        self._b2b_read_amounts(form, currency, seat.party_id, values, errors)
        self._b2b_read_dates(form, values, errors)
        self._b2b_read_people(form, seat, budget, values, errors)
        self._b2b_read_alerts(form, values, errors)
        values["include_delivery"] = bool(form.get("include_delivery"))
        if budget and not errors:
            self._b2b_read_fixed(budget, values, errors)
        return values, errors

    def _b2b_read_name(self, form, values, errors):
        name = str(form.get("name") or "").strip()
        if not name or len(name) > keeping.NAME_MOST:
            errors["name"] = self.env._(
                "Enter a name of up to %s letters, such as “Shop floor”.",
                keeping.NAME_MOST,
            )
        values["name"] = name

    def _b2b_read_choices(self, form, values, errors):
        for name in CHOICES:
            known = dict(self.env["b2b.budget"]._fields[name].selection)
            values[name] = form.get(name)
            if values[name] not in known:
                errors[name] = self.env._("Choose one of those that are offered.")

    def _b2b_read_currency(self, form, seat, values, errors):
        """The currency, which needs a rate when it is not the company's own."""
        company = self.env.company
        wanted = str(form.get("currency") or "")
        own = seat.party_id.b2b_currency_id or company.currency_id
        currencies = self._b2b_currencies(own)
        currency = currencies.filtered(lambda c: c.name == wanted) if wanted else own
        if not currency:
            errors["currency"] = self.env._("Choose one of those that are offered.")
            currency = own
        elif not currency._b2b_has_rate(company):
            errors["currency"] = self.env._(
                "We have no exchange rate for %(currency)s; choose %(own)s.",
                currency=currency.name,
                own=company.currency_id.name,
            )
        values["currency_id"] = currency.id
        return currency

    def _b2b_currencies(self, own):
        """Currencies to choose from, the own one first."""
        others = self.env["res.currency"].sudo().search([("active", "=", True)])
        return own | others

    def _b2b_read_amounts(self, form, currency, party, values, errors):
        for name in ("amount", "max_order_amount"):
            text = str(form.get(name) or "").strip()
            number = amounts.amount(
                text, currency.symbol or "", currency.decimal_places, keeping.MOST
            )
            if number is None:
                errors[name] = self.env._(
                    "“%s” is not an amount; enter a number such as 1500.", text[:40]
                )
                number = 0.0
            values[name] = currency.round(number)
        if errors.keys() & {"amount", "max_order_amount"}:
            return
        if not (values["amount"] or values["max_order_amount"]):
            errors["amount"] = self.env._(
                "Enter an amount per period, an order maximum, or both. To stop "
                "somebody's orders, suspend the person."
            )
        ceiling = party.b2b_budget_ceiling
        unit = party.b2b_budget_ceiling_currency_id
        for name in ("amount", "max_order_amount"):
            if not ceiling or "currency" in errors:
                break
            today = fields.Date.context_today(self)
            typed = currency._convert(values[name], unit, self.env.company, today)
            if keeping.too_high(typed, ceiling):
                errors[name] = self.env._(
                    "At most %s: above it ask us to set the budget.",
                    self.env["sale.order"]._b2b_money(ceiling, unit),
                )

    def _b2b_read_dates(self, form, values, errors):
        for name in ("date_from", "date_to"):
            try:
                values[name] = keeping.day(form.get(name)) or False
            except ValueError:
                errors[name] = self.env._("Enter a day, such as 2026-11-30.")
                values[name] = False
        if values["period"] != "one_off":
            values.update(date_from=False, date_to=False)
            errors.pop("date_from", None)
            errors.pop("date_to", None)
        elif not values["date_from"] and "date_from" not in errors:
            errors["date_from"] = self.env._("Enter the first day.")
        elif values["date_to"] and values["date_to"] < values["date_from"]:
            errors["date_to"] = self.env._("The last day is before the first one.")

    def _b2b_read_people(self, form, seat, budget, values, errors):
        """Seats and supervisors of the own party; categories that exist."""
        people = self._b2b_people(seat.party_id)
        offered = {
            "seat_ids": people | (budget or self.env["b2b.budget"]).seat_ids,
            "supervisor_ids": self._b2b_deciders(people)
            | (budget or self.env["b2b.budget"]).supervisor_ids,
        }
        for name, seats in offered.items():
            wanted = keeping.ids(form.get(name))
            if set(wanted) - set(seats.ids):
                errors[name] = self.env._(
                    "One of these people does not sit in %s, or may not do this.",
                    seat.party_id.name,
                )
            values[name] = [(6, 0, wanted)]
        wanted = keeping.ids(form.get("category_ids"))
        known = self.env["product.category"].sudo().browse(wanted).exists()
        if set(wanted) - set(known.ids):
            errors["category_ids"] = self.env._("One of these categories is gone.")
        values["category_ids"] = [(6, 0, wanted)]

    def _b2b_people(self, party):
        """Seats of a party whose orders may count."""
        return party.b2b_seat_ids.filtered(lambda s: s.state != "suspended")

    def _b2b_deciders(self, people):
        """Those of them who may decide about the orders of others."""
        return people.filtered(lambda s: s.role_id.approve and not s.is_agent)

    def _b2b_read_alerts(self, form, values, errors):
        text = str(form.get("alert_percents") or "").strip()
        try:
            values["alert_percents"] = alerts.words(alerts.parse(text))
        except ValueError:
            errors["alert_percents"] = self.env._(
                "Enter up to %s percentages from 1 to 100, such as 50, 80, 100.",
                alerts.MOST,
            )

    def _b2b_read_fixed(self, budget, values, errors):
        """What is fixed once orders are booked: a new budget is offered instead."""
        if not budget._b2b_is_booked():
            return
        for name in budget._b2b_fixed_fields() & values.keys():
            field = budget._fields[name]
            new = field.convert_to_cache(values[name], budget)
            if new != field.convert_to_cache(budget[name], budget):
                shown = "currency" if name == "currency_id" else name
                errors[shown] = self.env._(
                    "Orders are booked with it, so it stays. Archive this budget and "
                    "make a new one."
                )
