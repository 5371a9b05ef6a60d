import { Component } from "@odoo/owl";
import { formatFigure } from "../format";
import { Card } from "./card";

const NUMBERS = ["money", "number", "percent", "days"];
const TONES = ["warn", "bad", "ok", "good", "info"];

/** A short list; each row opens its records, the head opens all of them. */
export class TableBox extends Component {
    static template = "b2b_dashboard.TableBox";
    static components = { Card };
    static props = { section: Object, currency: Object, open: Function };

    get rows() {
        return this.props.section.rows || [];
    }

    /** Columns as given, or one per key of the first row. */
    get columns() {
        const given = this.props.section.columns;
        const keys = Object.keys(this.cells(this.rows[0] || {}));
        return given || keys.map((key) => ({ key, label: key }));
    }

    cells(row) {
        return row.cells || {};
    }

    opens(row) {
        return Boolean(row.domain || row.action);
    }

    text(row, column) {
        const value = this.cells(row)[column.key];
        return formatFigure(value, column.kind, this.props.currency, row.currency_id);
    }

    isNumber(column) {
        return column.align === "end" || NUMBERS.includes(column.kind);
    }

    cellClass(row, column) {
        const toned = column.kind === "days" && TONES.includes(row.tone);
        return {
            o_b2b_number: this.isNumber(column),
            o_b2b_muted: column.kind === "muted",
            o_b2b_strong: column.kind === "money",
            [`o_b2b_text_${row.tone}`]: toned || column.tone,
        };
    }

    barStyle(row, column) {
        const share = Math.max(0, Math.min(1, this.cells(row)[column.key] || 0));
        return `width: ${100 * share}%`;
    }

    barColour(row) {
        return { warn: "amber", bad: "red" }[row.tone] || "accent";
    }

    openRow(row) {
        this.props.open(this.props.section, row);
    }
}
