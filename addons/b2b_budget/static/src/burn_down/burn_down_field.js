import {FRAME, changes, shape} from "./shape";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatMonetary} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const {DateTime} = luxon;

/** What is left of a budget over its period, beside an even pace; people below. */
export class BurnDownField extends Component {
    static template = "b2b_budget.BurnDownField";
    static props = {...standardFieldProps};

    frame = FRAME;

    get data() {
        return this.props.record.data[this.props.name] || null;
    }

    get shape() {
        return shape(this.data);
    }

    get rows() {
        return changes(this.data.series);
    }

    get isGroup() {
        return this.data.people.some((row) => row.party);
    }

    money(amount) {
        return formatMonetary(amount, {currencyId: this.data.currency_id});
    }

    whole(amount) {
        return this.money(amount).replace(/[.,]00(?=\D*$)/, "");
    }

    day(text) {
        return DateTime.fromISO(text).toFormat("d LLL");
    }
}

registry.category("fields").add("b2b_burn_down", {
    component: BurnDownField,
    displayName: _t("Burn-down of a budget"),
    supportedTypes: ["json"],
});
