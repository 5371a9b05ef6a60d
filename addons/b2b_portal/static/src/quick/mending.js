import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { quantity, toast } from "../core/portal";
import { csvOf, download } from "./state";

/** Rows shown at first, and at each wish for more. */
export const SHOWN = 8;
const MORE = 100;

/** How rows of a quick order are mended; the page itself reads, checks and adds them. */
export class QuickMending extends Component {
    /** Rows of articles that stand there several times; they wait for one answer. */
    get doubled() {
        return this.state.rows.filter((row) => row.problem === "double");
    }

    get sure() {
        return this.state.rows.filter((row) => row.state === "need" && row.sure);
    }

    /**
     * After a paste or a mended row: to the next row that needs the buyer, else to the
     * main button.
     */
    focusNext() {
        if (!this.focusFrom || this.state.busy) {
            return;
        }
        const from = this.focusFrom;
        this.focusFrom = 0;
        const fields = [...this.root.el.querySelectorAll(".o_b2b_quick_qty")];
        const nrOf = (field) => Number(field.closest("[data-nr]").dataset.nr);
        const row = fields.find((each) => nrOf(each) >= from) || fields[0];
        const field = (row && this.otherFirst(row)) || row;
        const next = field || this.root.el.querySelector(".o_b2b_quick_dock .o_b2b_btn_main");
        next?.focus();
        field?.select();
    }

    /** The field for another code, where nothing is offered: a quantity helps nobody. */
    otherFirst(field) {
        const row = field.closest("[data-nr]");
        return row.querySelector(".o_b2b_quick_offer")
            ? null
            : row.querySelector(".o_b2b_quick_other");
    }

    show(tab) {
        this.state.tab = tab;
        this.state.shown = SHOWN;
    }

    showMore() {
        this.state.shown += MORE;
    }

    /** Change rows by their place; `change` gets a row as kept and returns another. */
    change(places, change) {
        const at = new Set(places);
        return this.recheck(this.state.raw.map((row, n) => (at.has(n) ? change(row) : row)));
    }

    placesOf(rows) {
        return rows.map((row) => row.place);
    }

    typedIn(row) {
        const field = this.root.el.querySelector(`[data-nr="${row.nr}"] .o_b2b_quick_qty`);
        return field ? field.value.trim() : "";
    }

    /** Take an article, or the quantity in the field, or both. */
    use(row, product = row.product) {
        this.focusFrom = row.nr;
        if (row.problem === "double") {
            this.addDoubles(this.doubled.filter((each) => each.product === row.product));
            return;
        }
        const qty = this.typedIn(row);
        this.change([row.place], (kept) => ({ ...kept, product, qty, review: false }));
    }

    /** All of them stand there on purpose: rows of one article are added up. */
    addDoubles(rows) {
        const before = this.state.raw;
        const byPlace = new Map(rows.map((row) => [row.place, row]));
        this.focusFrom ||= 1;
        this.recheck(
            before.map((kept, n) => {
                const row = byPlace.get(n);
                // Packs are rounded once, after adding up; a row below "Show more" has
                // no field yet.
                const typed = row ? this.typedIn(row) : "";
                const same = !typed || typed === String(row.preset ?? "");
                return row ? { ...kept, qty: same ? kept.qty : typed, keep: true } : kept;
            })
        );
        toast(_t("%s rows are added up.", quantity(rows.length)), {
            action: { label: _t("Undo"), run: () => this.recheck(before) },
        });
    }

    useAllSure() {
        this.focusFrom = 1;
        const chosen = new Map(this.sure.map((row) => [row.place, row.choices[0]]));
        this.recheck(
            this.state.raw.map((kept, n) =>
                chosen.has(n) ? { ...kept, product: chosen.get(n) } : kept
            )
        );
    }

    /** Take a correction back: the row waits for the buyer. */
    takeBack(row) {
        const numbers = new Set([row.nr, row.into || row.nr, ...row.merged]);
        const rows = this.state.rows.filter(
            (each) => each === row || (row.state === "merged" && numbers.has(each.nr))
        );
        this.change(this.placesOf(rows), (kept) => ({ ...kept, review: true }));
    }

    skip(rows) {
        const before = this.state.raw;
        const gone = new Set(this.placesOf(rows));
        this.focusFrom = rows.length === 1 && rows[0].state === "need" ? rows[0].nr : 0;
        this.recheck(before.filter((_row, n) => !gone.has(n)));
        toast(rows.length === 1 ? _t("Row left out.") : _t("%s rows left out.", rows.length), {
            action: { label: _t("Undo"), run: () => this.recheck(before) },
        });
    }

    otherOf(row) {
        return _t("Another code for row %s", row.nr);
    }

    onOtherKey(ev, row) {
        const code = ev.target.value.trim();
        if (ev.key === "Enter" && !ev.ctrlKey && !ev.metaKey) {
            ev.preventDefault();
            const qty = this.typedIn(row);
            this.focusFrom = code ? row.nr : 0;
            code && this.change([row.place], (kept) => ({ ...kept, code, qty, product: 0 }));
        }
    }

    onRowKey(ev, row) {
        if (ev.key === "Enter" && !ev.ctrlKey && !ev.metaKey) {
            ev.preventDefault();
            const [offer] = this.offers(row);
            offer ? this.use(row, offer.id) : this.otherFirst(ev.target)?.focus();
        }
    }

    downloadNeeds() {
        const rows = this.state.rows
            .filter((row) => row.state === "need")
            .map((row) => {
                const kept = this.state.raw[row.place];
                return [kept.code, kept.qty, row.text];
            });
        const heading = [_t("Code"), _t("Quantity"), _t("What is wrong")];
        download(_t("rows-to-mend") + ".csv", csvOf(rows, heading));
    }
}
