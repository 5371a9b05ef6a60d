import { _t } from "@web/core/l10n/translation";
import { Component } from "@odoo/owl";

/** Frame of a chart or table: title, remark, link to all records, empty sentence. */
export class Card extends Component {
    static template = "b2b_dashboard.Card";
    static props = {
        section: Object,
        open: Function,
        empty: { type: Boolean, optional: true },
        slots: { type: Object, optional: true },
    };

    get emptyText() {
        return this.props.section.empty || _t("Nothing to show.");
    }

    get openLabel() {
        return _t("Open list: %s", this.props.section.title);
    }

    onOpen() {
        this.props.open(this.props.section);
    }
}
