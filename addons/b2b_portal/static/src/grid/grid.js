import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { cartName, failed, money, post, quantity, root, setLines, toast, updateBar } from "../core/portal";
import { askDoubles } from "./doubles";
import { restoreDraft, saveDraft } from "./draft";
import { GridRow, showBad } from "./row";

/** Rows that are typed in, then added in one go: catalog, usual articles, article. */
export class OrderGrid extends Interaction {
    static selector = ".o_b2b_grid:not(.o_b2b_grid_cart)";
    dynamicContent = {
        _root: {
            "t-on-focusin": this.onFocusIn,
            "t-on-focusout": this.onFocusOut,
            "t-on-input": this.onInput,
            "t-on-keydown": this.onKeydown,
            "t-on-click": this.onClick,
            "t-on-submit.prevent": this.onSubmit,
        },
    };

    setup() {
        this.rows = new Map();
        this.busy = false;
        this.dock = this.findDock();
        this.readRows(this.el.querySelectorAll(".o_b2b_row"));
        this.keepDraft = this.el.dataset.keepDraft !== "0";
    }

    start() {
        if (this.dock.clear) {
            this.addListener(this.dock.clear, "click", () => this.clear());
        }
        this.keepDraft && restoreDraft(this.rows.values());
        this.showDock();
        this.watchEnd();
    }

    findDock() {
        const scope = this.el.querySelector(".o_b2b_add") ? this.el : root();
        const box = scope.querySelector(".o_b2b_dock");
        const find = (selector) => (box || this.el).querySelector(selector);
        return {
            box,
            lines: find(".o_b2b_dock_lines"),
            pieces: find(".o_b2b_dock_pieces"),
            sum: find(".o_b2b_dock_sum"),
            phone: find(".o_b2b_dock_sum_phone"),
            facts: box ? [...box.querySelectorAll(".o_b2b_dock_fact")] : [],
            add: find(".o_b2b_add"),
            text: find(".o_b2b_add_text"),
            clear: find(".o_b2b_dock_clear"),
        };
    }

    readRows(elements) {
        for (const el of elements) {
            if (el.querySelector(".o_b2b_stepper")) {
                const row = new GridRow(el);
                this.rows.set(el, row);
                row.show();
            }
        }
    }

    rowOf(target) {
        return this.rows.get(target.closest?.(".o_b2b_row"));
    }

    // -- focus: one tab stop, arrows move ----------------------------------------

    onFocusIn(ev) {
        const row = this.rowOf(ev.target);
        if (row && ev.target === row.input) {
            for (const other of this.rows.values()) {
                other.input.tabIndex = other === row ? 0 : -1;
            }
            row.el.classList.add("is-open");
            row.input.select();
        }
    }

    onFocusOut(ev) {
        const row = this.rowOf(ev.target);
        if (row && ev.target === row.input) {
            row.leave();
            row.el.classList.remove("is-open");
            this.changed();
        }
    }

    move(row, step) {
        const all = [...this.rows.values()];
        const next = all[all.indexOf(row) + step];
        if (next) {
            next.input.focus();
            next.el.scrollIntoView({ block: "nearest" });
        }
        return Boolean(next);
    }

    onKeydown(ev) {
        const row = this.rowOf(ev.target);
        if (!row || ev.target !== row.input || ev.ctrlKey || ev.metaKey) {
            return;
        }
        const down = ev.key === "ArrowDown";
        if (down || ev.key === "ArrowUp") {
            ev.preventDefault();
            if (ev.altKey || ev.shiftKey) {
                row.stepBy((down ? -1 : 1) * (ev.shiftKey ? 10 : 1));
                this.changed();
                row.input.select();
            } else {
                this.move(row, down ? 1 : -1);
            }
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            this.onEnter(row, ev.shiftKey);
        } else if (ev.key === "w" && !ev.altKey) {
            ev.preventDefault();
            row.input.dispatchEvent(new CustomEvent("b2b-why", { bubbles: true }));
        } else if ((ev.key === "f" || ev.key === "l") && !ev.altKey && !ev.repeat) {
            ev.preventDefault();
            const event = ev.key === "f" ? "b2b-favourite" : "b2b-list";
            row.input.dispatchEvent(new CustomEvent(event, { bubbles: true }));
        } else if (ev.key === "Escape") {
            ev.stopPropagation();
            if (!row.undo()) {
                row.input.blur();
            }
        }
    }

    onEnter(row, back) {
        if (!this.move(row, back ? -1 : 1)) {
            row.leave();
            this.changed();
            if (this.rows.size === 1) {
                this.onSubmit();
            }
        }
    }

    onInput(ev) {
        const row = this.rowOf(ev.target);
        if (row) {
            row.say("");
            row.show();
            this.showDock();
        }
    }

    onClick(ev) {
        const row = this.rowOf(ev.target);
        if (!row) {
            return;
        }
        const take = ev.target.closest(".o_b2b_take");
        if (take) {
            row.take(take);
            this.changed();
            return;
        }
        const packs = ev.target.closest(".o_b2b_more, .o_b2b_plus")
            ? 1
            : ev.target.closest(".o_b2b_less")
              ? -1
              : 0;
        if (packs) {
            row.stepBy(packs);
            this.changed();
        }
    }

    // -- dock ---------------------------------------------------------------------

    changed() {
        this.keepDraft && saveDraft(this.rows.values());
        this.showDock();
    }

    get filled() {
        return [...this.rows.values()].filter((row) => row.value > 0);
    }

    showDock() {
        const rows = this.filled;
        const sum = rows.reduce((all, row) => all + row.total, 0);
        const pieces = rows.reduce((all, row) => all + row.value, 0);
        const { dock } = this;
        if (dock.box) {
            dock.box.hidden = !rows.length;
        }
        const lines = rows.length === 1 ? _t("1 line") : _t("%s lines", quantity(rows.length));
        const set = (el, text) => el && (el.textContent = text);
        set(dock.lines, lines);
        set(dock.pieces, " " + _t("· %s pieces", quantity(pieces)));
        set(dock.sum, money(sum));
        set(dock.phone, dock.sum ? money(sum) : "");
        for (const fact of dock.facts) {
            const left = Number(fact.dataset.left) - sum;
            fact.querySelector("span").textContent = money(left);
            fact.classList.toggle("is-over", left < 0);
        }
        if (dock.add && !this.busy) {
            dock.add.disabled = !rows.length;
            const one = dock.add.dataset.oneArticle;
            const plain = one ? _t("Add to cart") : _t("Add %s to cart", lines);
            set(dock.text, cartName() ? _t("Add %s to “%s”", lines, cartName()) : plain);
        }
    }

    clear() {
        const before = this.filled.map((row) => [row, row.value]);
        for (const [row] of before) {
            row.setValue(0);
        }
        this.changed();
        toast(_t("Cleared."), {
            action: {
                label: _t("Undo"),
                run: () => {
                    before.forEach(([row, value]) => row.setValue(value));
                    this.changed();
                },
            },
        });
    }

    // -- adding --------------------------------------------------------------------

    async onSubmit() {
        if (this.busy) {
            return;
        }
        for (const row of this.rows.values()) {
            row.leave();
        }
        this.changed();
        if (this.filled.length) {
            await this.add("ask");
        } else {
            showBad(this.rows.values());
        }
    }

    async add(onDouble) {
        const lines = this.filled.map((row) => [row.id, row.value]);
        this.setBusy(true);
        try {
            const answer = await this.waitFor(
                post("/trade/cart/add", { lines, on_double: onDouble })
            );
            if (answer.ask) {
                this.setBusy(false);
                const choice = await askDoubles(answer.ask);
                if (choice) {
                    await this.add(choice);
                }
                return;
            }
            this.added(answer);
        } catch (error) {
            const kept = _t("Your %s quantities are kept here.", lines.length);
            failed(error, { kept, retry: () => this.add(onDouble) });
        } finally {
            this.setBusy(false);
        }
    }

    setBusy(busy) {
        this.busy = busy;
        const { add, text } = this.dock;
        if (add) {
            // the button keeps its width while its word changes
            add.style.minWidth = busy ? `${add.offsetWidth}px` : "";
            add.classList.toggle("is-busy", busy);
            if (busy && text) {
                text.textContent = _t("Adding…");
            }
        }
        if (!busy) {
            this.showDock();
        }
    }

    added(answer) {
        const rows = [...this.rows.values()];
        const typed = this.filled.map((row) => [row, row.value]);
        const errors = answer.results.filter((result) => result.error);
        for (const result of answer.results) {
            const row = rows.find((each) => each.id === result.product_id);
            if (row && result.error) {
                row.say(result.error, "bad");
            } else if (row) {
                row.added(_t("in cart %s", quantity(result.in_carts)));
            }
        }
        for (const [row] of typed) {
            if (!answer.results.some((result) => result.product_id === row.id)) {
                row.setValue(0);
            }
        }
        this.changed();
        updateBar(answer.bar);
        if (errors.length < answer.results.length) {
            toast(answer.text, { action: this.undoOf(answer, typed) });
        }
        showBad(this.rows.values());
    }

    undoOf(answer, typed) {
        const run = async () => {
            try {
                const back = await setLines(answer.undo);
                updateBar(back.bar);
                const before = new Map(back.results.map((r) => [r.product_id, r.in_carts]));
                for (const [row, value] of typed) {
                    const had = before.get(row.id);
                    row.plainNote = had ? _t("in cart %s", quantity(had)) : "";
                    row.setValue(value);
                }
                this.changed();
            } catch (error) {
                failed(error);
            }
        };
        return { label: _t("Undo"), run };
    }

    // -- more rows, three screens before the end ----------------------------------------

    watchEnd() {
        const { moreUrl } = this.el.dataset;
        const foot = this.el.querySelector(".o_b2b_grid_foot");
        if (!moreUrl || !foot) {
            return;
        }
        const observer = new IntersectionObserver(
            (entries) => entries[0].isIntersecting && this.loadMore(observer),
            { rootMargin: "0px 0px 300% 0px" }
        );
        observer.observe(foot);
        this.registerCleanup(() => observer.disconnect());
    }

    async loadMore(observer) {
        if (this.loading) {
            return;
        }
        this.loading = true;
        const query = Object.fromEntries(new URLSearchParams(location.search));
        try {
            const answer = await this.waitFor(
                post(this.el.dataset.moreUrl, {
                    query,
                    offset: Number(this.el.dataset.shown),
                    after: Number([...this.rows.keys()].at(-1)?.dataset.productId || 0),
                    total: Number(this.el.dataset.total),
                })
            );
            this.append(answer);
            if (!answer.more) {
                observer.disconnect();
            }
        } catch (error) {
            failed(error, { retry: () => this.loadMore(observer) });
            observer.disconnect();
        } finally {
            this.loading = false;
        }
    }

    append(answer) {
        const body = this.el.querySelector("tbody");
        const template = document.createElement("template");
        template.innerHTML = `<table><tbody>${answer.html}</tbody></table>`;
        const fresh = [...template.content.querySelectorAll(".o_b2b_row")];
        body.append(...fresh);
        const known = new Set(this.rows.keys());
        this.readRows(fresh);
        this.keepDraft &&
            restoreDraft([...this.rows].filter(([el]) => !known.has(el)).map(([, row]) => row));
        this.el.dataset.shown = answer.shown;
        this.el.querySelector(".o_b2b_shown").textContent = answer.text;
        this.showDock();
    }
}

registry.category("public.interactions").add("b2b_portal.grid", OrderGrid);
