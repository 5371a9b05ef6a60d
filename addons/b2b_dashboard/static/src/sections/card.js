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

    onOpen() {
        this.props.open(this.props.section);
    }
}
