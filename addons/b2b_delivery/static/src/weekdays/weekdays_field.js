import { _t } from "@web/core/l10n/translation";
import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const { Info } = luxon;

/** Weekdays stored as digits, "0" Monday to "6" Sunday, shown as seven toggles. */
export class WeekdaysField extends Component {
    static template = "b2b_delivery.WeekdaysField";
    static props = { ...standardFieldProps };

    get days() {
        const chosen = this.value;
        const long = Info.weekdays("long");
        return Info.weekdays("short").map((label, index) => ({
            digit: String(index),
            label,
            title: long[index],
            chosen: chosen.includes(String(index)),
        }));
    }

    get value() {
        return this.props.record.data[this.props.name] || "";
    }

    get text() {
        const chosen = this.days.filter((day) => day.chosen);
        return chosen.length ? chosen.map((day) => day.label).join(", ") : "";
    }

    async toggle(digit) {
        const digits = new Set(this.value);
        if (!digits.delete(digit)) {
            digits.add(digit);
        }
        const value = [...digits].sort().join("");
        await this.props.record.update({ [this.props.name]: value || false });
    }
}

registry.category("fields").add("b2b_weekdays", {
    component: WeekdaysField,
    displayName: _t("Weekdays"),
    supportedTypes: ["char"],
});
