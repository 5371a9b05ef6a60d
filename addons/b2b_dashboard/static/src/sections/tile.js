import { Component } from "@odoo/owl";
import { formatFigure } from "../format";

/** One figure with its change; a click opens the records behind it. */
export class Tile extends Component {
    static template = "b2b_dashboard.Tile";
    static props = { section: Object, currency: Object, open: Function };

    get figure() {
        const { display, value, unit } = this.props.section;
        return display || formatFigure(value, unit || "number", this.props.currency);
    }

    get change() {
        const change = this.props.section.change;
        return typeof change === "string" ? { text: change } : change;
    }

    onClick() {
        this.props.open(this.props.section);
    }
}
