import { Component } from "@odoo/owl";
import { formatFigure } from "../format";
import { Card } from "./card";

const COLOURS = ["accent", "steel", "amber", "red", "dark"];

/** Bars drawn as a table: the row reads "Key accounts, £61,240" without seeing it. */
export class BarChart extends Component {
    static template = "b2b_dashboard.BarChart";
    static components = { Card };
    static props = { section: Object, currency: Object, open: Function };

    get vertical() {
        return this.props.section.orientation === "v";
    }

    get bars() {
        const series = this.props.section.series || [];
        const top = Math.max(...series.map((s) => s.max || Math.abs(s.value)), 0) || 1;
        return series.map((entry, index) => ({
            ...entry,
            index,
            colour: COLOURS.includes(entry.color) ? entry.color : "accent",
            text:
                entry.display ||
                formatFigure(entry.value, this.props.section.unit, this.props.currency),
            size: Math.min(100, (100 * Math.abs(entry.value)) / (entry.max || top)),
        }));
    }

    openBar(bar) {
        this.props.open(this.props.section, bar);
    }
}
