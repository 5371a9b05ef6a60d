import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onWillStart, useState } from "@odoo/owl";
import { BarChart } from "../sections/bar_chart";
import { LineChart } from "../sections/line_chart";
import { TableBox } from "../sections/table_box";
import { Tile } from "../sections/tile";

const STORED = "b2b_dashboard.filters";
const BOXES = { line: LineChart, bar: BarChart, table: TableBox };

/**
 * Draws what the installed addons contribute to `b2b.dashboard`.
 *
 * Nothing here knows a single figure: a section says its kind, title, figures and
 * which records stand behind them.
 */
export class B2bDashboard extends Component {
    static template = "b2b_dashboard.Dashboard";
    static components = { Layout, Tile };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.periods = [
            { id: "month", label: _t("Month") },
            { id: "quarter", label: _t("Quarter") },
            { id: "year", label: _t("Year") },
        ];
        const kept = this.props.state || {};
        this.state = useState({
            filters: kept.filters || this.storedFilters(),
            data: kept.data || null,
            loading: false,
            failed: false,
        });
        useSetupAction({
            getLocalState: () => ({ filters: this.state.filters, data: this.state.data }),
        });
        // The page stands at once with its skeleton; figures follow.
        onWillStart(() => {
            this.load();
        });
    }

    storedFilters() {
        try {
            const stored = JSON.parse(browser.localStorage.getItem(STORED)) || {};
            return { period: stored.period || "month", mine: Boolean(stored.mine) };
        } catch {
            return { period: "month", mine: false };
        }
    }

    async load() {
        this.state.loading = true;
        try {
            const filters = { ...this.state.filters };
            const call = this.orm.silent.call("b2b.dashboard", "get_data", [filters]);
            this.state.data = await this.keepLast.add(call);
            this.state.failed = false;
        } catch (error) {
            // What was there stays: an old figure with its time beats an empty page.
            this.state.failed = error.data?.message || _t("No connection to the server.");
        }
        this.state.loading = false;
    }

    setFilters(changes) {
        Object.assign(this.state.filters, changes);
        browser.localStorage.setItem(STORED, JSON.stringify(this.state.filters));
        return this.load();
    }

    get tiles() {
        return this.state.data.sections.filter((section) => section.kind === "tile");
    }

    /** Charts and tables in rows: a row is a hundred of the sequence. */
    get rows() {
        const rows = new Map();
        for (const section of this.state.data.sections) {
            if (section.kind in BOXES) {
                const key = Math.floor((section.sequence ?? 900) / 100);
                rows.set(key, [...(rows.get(key) || []), section]);
            }
        }
        return [...rows.entries()].map(([key, sections]) => ({ key, sections }));
    }

    get tileColumns() {
        const count = this.tiles.length;
        return count > 6 ? Math.ceil(count / 2) : count;
    }

    get time() {
        if (!this.state.data) {
            return "";
        }
        const moment = deserializeDateTime(this.state.data.generated_at);
        return formatDateTime(moment, { format: "HH:mm" });
    }

    component(section) {
        return BOXES[section.kind];
    }

    /** Open the records behind a section, or behind one of its rows or points. */
    open(section, entry = {}) {
        const action = entry.action || section.action;
        if (!action) {
            return;
        }
        const model = (entry.domain && section.row_model) || action.res_model;
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: entry.label ? `${section.title}: ${entry.label}` : action.name || section.title,
            res_model: model,
            domain: entry.domain || action.domain || [],
            views: action.views || [
                [false, "list"],
                [false, "form"],
            ],
            context: action.context || {},
        });
    }

    print() {
        window.print();
    }
}

registry.category("actions").add("b2b_dashboard", B2bDashboard);
