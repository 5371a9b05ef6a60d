import { Component } from "@odoo/owl";
import { formatFigure } from "../format";

/** One figure with its change; a click opens the records behind it. */
export class Tile extends Component {
    static template = "b2b_dashboard.Tile";
    static props = { section: Object, currency: Object, open: Function };

    get figure() {
        const { display, value, unit } = this.props.section;
        // A unit wins, so that all amounts look alike whoever contributed them.
        return unit || !display
            ? formatFigure(value, unit || "number", this.props.currency)
            : display;
    }

    get change() {
        const change = this.props.section.change;
        return typeof change === "string" ? { text: change } : change;
    }

    onClick() {
        this.props.open(this.props.section);
    }
}
