import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onWillStart, useExternalListener, useRef, useState } from "@odoo/owl";
import { readHours } from "./hours";

const { DateTime } = luxon;
const ONE = "b2b_delivery.planner.schedule";
const UNDO = 10000;

/**
 * Week planner: schedules down, days across, in each frame what is planned.
 *
 * The server says everything; here it is drawn, moved through by keyboard and, for
 * planners, edited day by day.
 */
export class WeekPlanner extends Component {
    static template = "b2b_delivery.WeekPlanner";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.keepLast = new KeepLast();
        this.table = useRef("table");
        useAutofocus({ refName: "hours", selectAll: true });
        const kept = this.props.state || {};
        this.state = useState({
            date: kept.date || false,
            only: kept.only || Number(browser.localStorage.getItem(ONE)) || 0,
            data: kept.data || null,
            edit: null,
            loading: false,
            failed: "",
        });
        useSetupAction({
            getLocalState: () => ({
                date: this.state.date,
                only: this.state.only,
                data: this.state.data,
            }),
        });
        useExternalListener(window, "keydown", this.onKey);
        onWillStart(() => {
            this.load();
        });
    }

    async load() {
        this.state.loading = true;
        try {
            const call = this.orm.silent.call("b2b.delivery.schedule", "b2b_week", [
                this.state.date,
            ]);
            this.state.data = await this.keepLast.add(call);
            this.state.failed = "";
        } catch (error) {
            // What was there stays: a plan that is minutes old beats an empty page.
            this.state.failed = error.data?.message || _t("No connection to the server.");
        }
        this.state.loading = false;
    }

    get rows() {
        const rows = this.state.data.rows;
        const chosen = rows.filter((row) => row.id === this.state.only);
        return chosen.length ? chosen : rows;
    }

    choose(ev) {
        this.state.only = Number(ev.target.value);
        browser.localStorage.setItem(ONE, String(this.state.only));
    }

    // -- through the weeks ---------------------------------------------------------

    go(weeks) {
        const monday = DateTime.fromISO(this.state.data?.monday || DateTime.now().toISODate());
        this.state.date = monday.plus({ weeks }).toISODate();
        this.state.edit = null;
        return this.load();
    }

    today() {
        this.state.date = false;
        this.state.edit = null;
        return this.load();
    }

    onKey(ev) {
        const typing = ev.target.closest?.("input, textarea, select, .modal, .o_command_palette");
        if (typing || ev.ctrlKey || ev.metaKey || ev.altKey || !this.state.data) {
            return;
        }
        const keys = {
            PageUp: () => this.go(-1),
            PageDown: () => this.go(1),
            t: () => this.today(),
            n: () => this.editFocused(),
            ArrowLeft: () => this.move(ev, 0, -1),
            ArrowRight: () => this.move(ev, 0, 1),
            ArrowUp: () => this.move(ev, -1, 0),
            ArrowDown: () => this.move(ev, 1, 0),
        };
        const act = keys[ev.key];
        if (act && act() !== false) {
            ev.preventDefault();
        }
    }

    /** Arrows go from day to day and from schedule to schedule. */
    move(ev, down, across) {
        const cell = ev.target.closest?.(".o_b2b_plan_cell");
        if (!cell) {
            return false;
        }
        const row = Number(cell.dataset.row) + down;
        const day = Number(cell.dataset.day) + across;
        const next = this.table.el.querySelector(
            `.o_b2b_plan_cell[data-row="${row}"][data-day="${day}"]`
        );
        next?.focus();
    }

    editFocused() {
        const cell = document.activeElement?.closest(".o_b2b_plan_cell");
        const row = this.rows[Number(cell?.dataset.row)];
        if (!row || !this.state.data.can_edit) {
            return false;
        }
        this.edit(row, row.cells[Number(cell.dataset.day)]);
    }

    // -- what is behind it ---------------------------------------------------------

    open(ids, name) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "stock.picking",
            domain: [["id", "in", ids]],
            views: [
                [false, "list"],
                [false, "form"],
            ],
            context: {
                list_view_ref: "b2b_delivery.stock_picking_view_list_b2b_delivery",
            },
        });
    }

    openWaiting(ids, name) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("%s: waiting orders", name),
            res_model: "sale.order",
            domain: [["id", "in", ids]],
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }

    frameName(row, day, frame) {
        return `${row.name}: ${this.dayName(day)}, ${frame.hours}`;
    }

    waitingText({ orders, net }) {
        return orders === 1
            ? _t("1 order waits · %s", net)
            : _t("%(orders)s orders wait · %(net)s", { orders, net });
    }

    openFrame(row, day, frame) {
        return this.open(frame.ids, this.frameName(row, day, frame));
    }

    openSchedule(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "b2b.delivery.schedule",
            res_id: row.id,
            views: [[false, "form"]],
        });
    }

    createSchedule() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "b2b.delivery.schedule",
            views: [[false, "form"]],
        });
    }

    /** A single date that differs: the week's frames stay as they are. */
    addException(row, cell) {
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                name: _t("Exception"),
                res_model: "b2b.delivery.exception",
                views: [[false, "form"]],
                target: "new",
                context: { default_schedule_id: row.id, default_date: cell.date },
            },
            { onClose: () => this.load() }
        );
    }

    dayName(number) {
        const day = this.state.data.days[number];
        return `${day.name} ${day.text}`;
    }

    editLabel(row, number) {
        const day = this.state.data.days[number].name;
        return _t("Edit frames: %(schedule)s, %(day)s", { schedule: row.name, day });
    }

    exceptionLabel(row, number) {
        const day = this.dayName(number);
        return _t("Exception: %(schedule)s, %(day)s", { schedule: row.name, day });
    }

    loadText(load) {
        const stops = load.stops === 1 ? _t("1 stop") : _t("%s stops", load.stops);
        const orders = load.orders === 1 ? _t("1 order") : _t("%s orders", load.orders);
        const words = [stops];
        if (load.orders !== load.stops) {
            words.push(orders);
        }
        if (load.weight) {
            words.push(_t("%s kg", load.weight));
        }
        if (load.stops && !load.open) {
            words.push(_t("done"));
        }
        return words.join(" · ");
    }

    // -- editing -------------------------------------------------------------------

    edit(row, cell) {
        const hours = cell.frames.map((frame) => frame.hours).join(", ");
        this.state.edit = { row, cell, hours, error: "", days: [cell.weekday] };
    }

    isEdited(row, cell) {
        const edit = this.state.edit;
        return edit && edit.row.id === row.id && edit.cell.date === cell.date;
    }

    toggleDay(number) {
        const days = new Set(this.state.edit.days);
        if (!days.delete(number)) {
            days.add(number);
        }
        this.state.edit.days = [...days];
    }

    onEditKey(ev) {
        if (ev.key === "Escape") {
            ev.preventDefault();
            ev.stopPropagation();
            this.stop();
        } else if (ev.key === "Enter" && ev.target.tagName === "INPUT") {
            ev.preventDefault();
            this.save();
        }
    }

    stop() {
        const { row, cell } = this.state.edit;
        this.state.edit = null;
        const place = `[data-row="${this.rows.indexOf(row)}"][data-day="${cell.weekday}"]`;
        browser.setTimeout(() => {
            this.table.el?.querySelector(`.o_b2b_plan_cell${place}`)?.focus();
        });
    }

    async save() {
        const edit = this.state.edit;
        const frames = readHours(edit.hours);
        if (frames.error) {
            edit.error = frames.error;
            return;
        }
        const days = Object.fromEntries(edit.days.map((day) => [day, frames.hours]));
        try {
            const before = await this.setFrames(edit.row.id, days);
            this.stop();
            await this.load();
            this.offerUndo(edit.row, before, edit.days.length);
        } catch (error) {
            edit.error = error.data?.message || _t("Not saved: no connection to the server.");
        }
    }

    setFrames(id, days) {
        return this.orm.silent.call("b2b.delivery.schedule", "b2b_set_frames", [[id], days]);
    }

    offerUndo(row, before, count) {
        const close = this.notification.add(
            count === 1
                ? _t("%s: frames of one weekday changed.", row.name)
                : _t("%(name)s: frames of %(count)s weekdays changed.", {
                      name: row.name,
                      count,
                  }),
            {
                type: "success",
                autocloseDelay: UNDO,
                buttons: [
                    {
                        name: _t("Undo"),
                        onClick: async () => {
                            close();
                            await this.setFrames(row.id, before);
                            await this.load();
                        },
                    },
                ],
            }
        );
    }
}

registry.category("actions").add("b2b_delivery.planner", WeekPlanner);
