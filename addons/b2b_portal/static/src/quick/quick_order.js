import { onMounted, onPatched, onWillUnmount, useExternalListener, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { failed, money, post, quantity, setLines, toast, updateBar } from "../core/portal";
import { askDoubles, askRows } from "../grid/doubles";
import { putOnList } from "../lists/lists";
import { QuickEntry } from "./entry";
import { QuickMending, SHOWN } from "./mending";
import * as words from "./words";
import { addLines, base64Of, Draft } from "./state";

const STATES = ["need", "corrected", "merged", "ready"];

/** Quick order: rows are typed, pasted or read, mended, then added in one go. */
export class QuickOrder extends QuickMending {
    static template = "b2b_portal.QuickOrder";
    static components = { QuickEntry };
    static props = { seesPrices: Boolean, key: String, mostRows: Number, mostBytes: Number };

    setup() {
        this.root = useRef("root");
        this.draft = new Draft(this.props.key);
        this.source = null;
        this.turn = 0;
        this.state = useState({
            name: "", raw: [], rows: [], articles: {}, counts: {}, lines: 0, pieces: "",
            total: null, tab: "need", shown: SHOWN, busy: "", columns: null, sample: [],
            choosing: false, over: false, done: 0, adding: 0,
        });
        Object.assign(this, { quantity, money, words });
        useExternalListener(document, "paste", (ev) => this.onPaste(ev));
        onMounted(() => this.restore());
        onPatched(() => this.focusNext());
        onWillUnmount(() => (this.turn += 1));
    }

    restore() {
        const kept = this.draft.load();
        if (kept) {
            // Theirs before the server answers: it may not, and more rows may be typed.
            Object.assign(this.state, { name: kept.name, raw: kept.rows });
            this.recheck(kept.rows);
        }
    }

    // -- what is shown ---------------------------------------------------------------

    get tabs() {
        const all = words.tabWords();
        return STATES.map((key) => {
            const [label, hint] = all[key];
            return { key, label, hint, count: this.state.counts[key] || 0 };
        });
    }

    /** Parts of the bar, what goes in first. */
    get parts() {
        return this.tabs.filter((tab) => tab.count).reverse();
    }

    get all() {
        return this.state.rows.filter((row) => row.state === this.state.tab);
    }

    get visible() {
        return this.all.slice(0, this.state.shown);
    }

    article(id) {
        return this.state.articles[id];
    }

    /** What a row offers: its article, or the nearest ones. */
    offers(row) {
        return (row.product ? [row.product] : row.choices).map((id) => this.article(id));
    }

    labelOf(row) {
        const name = row.product ? this.article(row.product).name : this.state.raw[row.place].code;
        return _t("Quantity of row %s, %s", row.nr, name);
    }

    // -- reading -----------------------------------------------------------------------

    onPaste(ev) {
        const text = ev.clipboardData?.getData("text/plain") || "";
        const file = ev.clipboardData?.files?.[0];
        const field = ev.target.closest?.("input, textarea");
        if (field && !/[\n\t]/.test(text.trim()) && !file) {
            return;
        }
        if (document.querySelector("dialog[open]") || !(text.trim() || file)) {
            return;
        }
        ev.preventDefault();
        text.trim() ? this.read({ text }, _t("pasted rows")) : this.readFile(file);
    }

    onDrop(ev) {
        this.state.over = false;
        this.readFile(ev.dataTransfer.files[0]);
    }

    onFile(ev) {
        this.readFile(ev.target.files[0]);
        ev.target.value = "";
    }

    async readFile(file) {
        if (!file) {
            return;
        }
        if (file.size > this.props.mostBytes) {
            const most = Math.round(this.props.mostBytes / 1e6);
            toast(_t("%s is larger than %s MB; a quick order is far smaller.", file.name, most), {
                bad: true,
            });
            return;
        }
        try {
            await this.read({ data: await base64Of(file), name: file.name }, file.name);
        } catch (error) {
            toast(error.message, { bad: true });
        }
    }

    async read(source, name) {
        this.state.busy = _t("Reading…");
        try {
            const answer = await post("/trade/quick-order/read", source);
            const fresh = answer.rows.map(([nr, code, qty]) => ({ nr, code, qty }));
            const there = source.columns ? 0 : this.state.raw.length;
            const choice = there ? await askRows(there, fresh.length) : "replace";
            if (!choice) {
                return;
            }
            const add = choice === "add";
            // Rows of two sources have no columns in common that could be changed.
            this.source = add ? null : source;
            this.state.columns = answer.columns;
            this.state.sample = answer.sample;
            this.state.choosing = false;
            this.state.name = add ? [this.state.name, name].filter(Boolean).join(", ") : name;
            const rows = add ? this.appended(fresh) : fresh;
            this.focusFrom = 1;
            await this.check(rows, { tab: true });
        } catch (error) {
            failed(error, { kept: this.state.raw.length ? _t("Your rows are kept.") : "" });
        } finally {
            this.state.busy = "";
        }
    }

    /** Rows after those that are there, numbered on: a number names one row. */
    appended(fresh) {
        const last = Math.max(0, ...this.state.raw.map((row) => row.nr));
        const rows = fresh.map((row) => ({ ...row, nr: row.nr + last }));
        return [...this.state.raw, ...rows];
    }

    onColumns(ev) {
        ev.preventDefault();
        const form = new FormData(ev.target);
        const columns = [
            Number(form.get("code")), Number(form.get("quantity")), form.get("heading") === "on",
        ];
        this.read({ ...this.source, columns }, this.state.name);
    }

    /** Ask the server what becomes of the rows; the page keeps them meanwhile. */
    async check(raw, { tab = false } = {}) {
        const turn = ++this.turn;
        if (!raw.length) {
            this.clearAll();
            return;
        }
        this.state.busy ||= _t("Checking…");
        try {
            const answer = await post("/trade/quick-order/check", { rows: raw });
            if (turn !== this.turn) {
                return;
            }
            answer.rows.forEach((row, place) => (row.place = place));
            Object.assign(this.state, { ...answer, raw });
            this.keep(raw);
            if (tab || !this.state.counts[this.state.tab]) {
                this.show(STATES.find((key) => this.state.counts[key]));
            }
        } finally {
            this.state.busy = "";
        }
    }

    keep(raw) {
        const kept = this.draft.save(this.state.name, raw);
        if (!kept && !this.unkept) {
            const text = _t("Your browser has no room for these rows: they are lost when you leave the page.");
            toast(text, { bad: true });
        }
        this.unkept = !kept;
    }

    async recheck(raw) {
        try {
            await this.check(raw);
        } catch (error) {
            failed(error, { kept: _t("Your rows are kept."), retry: () => this.recheck(raw) });
        }
    }

    clearAll() {
        Object.assign(this.state, {
            raw: [], rows: [], counts: {}, lines: 0, pieces: "", total: null, name: "",
            columns: null,
        });
        this.draft.save("", []);
    }

    // -- typing -----------------------------------------------------------------------

    /** A row typed or scanned; the same code again adds one more pack. */
    async onEntry({ code, qty, product }) {
        const isSame = (row, kept) =>
            kept.typed && (product ? row.product === product : kept.code === code);
        const same = this.state.rows.find(
            (row) => row.state !== "need" && isSame(row, this.state.raw[row.place])
        );
        if (same) {
            const more = qty === null ? this.article(same.product).step : Number(qty);
            const total = String(same.quantity + more);
            await this.change(this.placesOf([same]), (kept) => ({ ...kept, qty: total }));
            return;
        }
        const nr = Math.max(0, ...this.state.raw.map((row) => row.nr)) + 1;
        await this.recheck([...this.state.raw, { nr, code, qty, product, typed: true, keep: true }]);
    }

    // -- adding ------------------------------------------------------------------------

    get addText() {
        return this.state.adding
            ? _t("Adding… %s", quantity(this.state.done))
            : words.addText(this.state.lines);
    }

    get good() {
        return this.state.rows.filter((row) => row.state !== "need" && !row.into);
    }

    /** Keep the good rows for another time; nothing enters the cart. */
    putOnList() {
        putOnList(this.good.map((row) => [row.product, row.quantity]));
    }

    async add() {
        const { good } = this;
        if (!good.length || this.state.adding) {
            this.root.el.querySelector(".o_b2b_quick_qty, .o_b2b_quick_code")?.focus();
            return;
        }
        Object.assign(this.state, { adding: good.length, done: 0 });
        const before = this.state.raw;
        try {
            const answer = await addLines(
                good.map((row) => [row.product, row.quantity]),
                askDoubles,
                (done) => (this.state.done = done)
            );
            answer && (await this.added(answer, before));
        } finally {
            this.state.adding = 0;
        }
    }

    async added(answer, before) {
        const done = new Set(answer.left || []);
        const errors = answer.results.filter((result) => result.error);
        for (const result of answer.results) {
            result.error || done.add(result.product_id);
        }
        const stays = (row) => row.state === "need" || !done.has(row.product);
        const raw = before.filter((_row, n) => stays(this.state.rows[n]));
        answer.bar && updateBar(answer.bar);
        const count = answer.results.length - errors.length;
        await this.recheck(raw);
        if (answer.error) {
            const kept = _t("%s lines are in the cart, the others are kept here.", count);
            failed(answer.error, { kept });
        } else if (count) {
            const text = count === 1 ? _t("1 line added.") : _t("%s lines added.", quantity(count));
            toast(text, {
                action: { label: _t("Undo"), run: () => this.undo(answer.undo, before) },
            });
        }
        errors.slice(0, 2).forEach((result) => toast(result.error, { bad: true }));
    }

    async undo(lines, raw) {
        try {
            updateBar((await setLines(lines)).bar);
            await this.recheck(raw);
        } catch (error) {
            failed(error);
        }
    }
}

registry.category("public_components").add("b2b_portal.QuickOrder", QuickOrder);
