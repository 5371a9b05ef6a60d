import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { failed, post, quantity, refreshPage, replaceMarkup, setLines, toast, updateBar } from "../core/portal";
import { GridRow, isUndoKey } from "../grid/row";

/** What was removed on this page, the latest last; outlives the page's refreshes. */
const removed = [];

/** The cart: each quantity is saved when its field is left; Undo everywhere. */
export class CartGrid extends Interaction {
    static selector = ".o_b2b_grid_cart";
    dynamicContent = {
        _root: {
            "t-on-focusin": this.onFocusIn,
            "t-on-focusout": this.onFocusOut,
            "t-on-input": (ev) => this.rowOf(ev.target)?.say(""),
            "t-on-keydown": this.onKeydown,
            "t-on-click": this.onClick,
            "t-on-submit.prevent": () => {},
        },
        _document: { "t-on-keydown": this.onUndoKey },
    };

    setup() {
        this.rows = new Map();
        for (const el of this.el.querySelectorAll(".o_b2b_row")) {
            const row = new GridRow(el);
            row.saved = Number(el.dataset.saved);
            this.rows.set(el, row);
        }
        this.code = this.el.querySelector(".o_b2b_add_code");
        this.count = this.el.querySelector(".o_b2b_add_quantity");
        this.saves = Promise.resolve();
    }

    /** What came stands on the page; loaded again it is no news any more. */
    start() {
        const query = new URLSearchParams(location.search);
        if (query.has("added")) {
            for (const key of ["added", "left_out", "there"]) {
                query.delete(key);
            }
            const rest = query.size ? `?${query}` : "";
            history.replaceState(null, "", location.pathname + rest);
        }
    }

    rowOf(target) {
        return this.rows.get(target.closest?.(".o_b2b_row"));
    }

    onFocusIn(ev) {
        const row = this.rowOf(ev.target);
        if (row && ev.target === row.input) {
            for (const other of this.rows.values()) {
                other.input.tabIndex = other === row ? 0 : -1;
            }
            row.input.select();
        }
    }

    onFocusOut(ev) {
        const row = this.rowOf(ev.target);
        if (row && ev.target === row.input && row.leave()) {
            this.save(row);
        }
    }

    onKeydown(ev) {
        const inAdd = ev.target === this.code || ev.target === this.count;
        if (inAdd && ev.key === "Enter" && !ev.ctrlKey) {
            ev.preventDefault();
            this.addCode();
            return;
        }
        const row = this.rowOf(ev.target);
        if (!row || ev.target !== row.input || ev.ctrlKey || ev.metaKey) {
            return;
        }
        const down = ev.key === "ArrowDown";
        if (down || ev.key === "ArrowUp") {
            ev.preventDefault();
            if (ev.altKey || ev.shiftKey) {
                row.stepBy((down ? -1 : 1) * (ev.shiftKey ? 10 : 1));
                this.save(row);
            } else {
                this.move(row, down ? 1 : -1);
            }
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            if (!this.move(row, ev.shiftKey ? -1 : 1)) {
                if (row.leave()) {
                    this.save(row);
                }
                row.input.select();
            }
        } else if (ev.key === "Delete" && row.input.value === row.kept) {
            ev.preventDefault();
            this.remove(row);
        } else if (ev.key === "Escape") {
            ev.stopPropagation();
            if (!row.undo()) {
                row.input.blur();
            }
        }
    }

    move(row, step) {
        const all = [...this.rows.values()];
        const next = all[all.indexOf(row) + step];
        next?.input.focus();
        return Boolean(next);
    }

    onClick(ev) {
        const row = this.rowOf(ev.target);
        if (!row) {
            return;
        }
        const take = ev.target.closest(".o_b2b_take");
        if (take) {
            row.take(take);
            this.save(row);
        } else if (ev.target.closest(".o_b2b_remove")) {
            this.remove(row);
        } else if (ev.target.closest(".o_b2b_more")) {
            this.step(row, 1);
        } else if (ev.target.closest(".o_b2b_less")) {
            this.step(row, -1);
        }
    }

    /** Presses of + are gathered before they are saved. */
    step(row, packs) {
        row.stepBy(packs);
        clearTimeout(row.timer);
        row.timer = setTimeout(() => this.save(row), 400);
    }

    save(row) {
        if (!row.value && !row.error) {
            return this.remove(row);
        }
        const params = { lines: [[row.id, row.value]], seen: { [row.id]: row.saved } };
        return this.send("/trade/cart/set", params, (answer) => {
            const [result] = answer.results;
            if (result.error) {
                this.refused(row, result);
            }
        });
    }

    /** What was typed stays; where another tab was quicker, entering it again counts. */
    refused(row, result) {
        row.say(result.error, "bad");
        if (result.now !== undefined) {
            row.kept = String(result.now);
        }
    }

    remove(row) {
        const { name } = row;
        const params = { product_ids: [row.id], seen: { [row.id]: row.saved } };
        return this.send("/trade/cart/remove", params, (answer) => {
            const [result] = answer.results;
            if (result.error) {
                row.setValue(result.now || 0);
                this.refused(row, result);
                return;
            }
            const { undo } = answer;
            removed.push(undo);
            const next = row.el.nextElementSibling || row.el.previousElementSibling;
            this.rows.delete(row.el);
            row.el.remove();
            this.rows.get(next)?.input.focus();
            toast(_t("%s removed.", name), {
                action: { label: _t("Undo"), run: () => this.takeBack(undo) },
            });
        });
    }

    /** By button or key, the latest first; each removal is taken back once. */
    takeBack(undo) {
        const at = removed.indexOf(undo);
        if (at >= 0) {
            removed.splice(at, 1);
            this.undo(undo);
        }
    }

    onUndoKey(ev) {
        if (removed.length && isUndoKey(ev, this.rowOf(ev.target))) {
            ev.preventDefault();
            this.takeBack(removed.at(-1));
        }
    }

    async undo(lines) {
        try {
            updateBar((await setLines(lines)).bar);
            await this.refresh();
        } catch (error) {
            failed(error);
        }
    }

    refresh() {
        return refreshPage(this.services["public.interactions"]);
    }

    /** Calls go one after the other, so that answers never overtake each other. */
    send(url, params, done) {
        this.saves = this.saves.then(async () => {
            try {
                const answer = await post(url, { ...params, page: true });
                if (!this.isDestroyed) {
                    done(answer);
                    this.show(answer);
                }
            } catch (error) {
                failed(error, { retry: () => this.send(url, params, done) });
            }
        });
        return this.saves;
    }

    show(answer) {
        updateBar(answer.bar);
        if (answer.empty) {
            this.refresh();
            return;
        }
        const page = this.el.closest(".o_b2b_cart");
        const interactions = this.services["public.interactions"];
        for (const [selector, html] of [
            [".o_b2b_cart_findings", answer.findings],
            [".o_b2b_cart_side", answer.side],
        ]) {
            const part = page.querySelector(selector);
            interactions.stopInteractions(part);
            replaceMarkup(part, html);
            interactions.startInteractions(part);
        }
        page.querySelector(".o_b2b_compare")?.dispatchEvent(
            new CustomEvent("b2b-totals", { bubbles: true })
        );
        page.querySelector(".o_b2b_cart_count").textContent = answer.count;
        const figures = new Map(answer.rows.map((row) => [row.product_id, row]));
        for (const row of this.rows.values()) {
            this.showRow(row, figures.get(row.id));
        }
        this.showOthers(figures);
    }

    /** Rows that another tab or device added or took out meanwhile. */
    showOthers(figures) {
        const mine = [...this.rows.values()];
        const same = mine.length === figures.size && mine.every((row) => figures.has(row.id));
        if (same) {
            return;
        }
        const typing = mine.some((row) => row.error || row.input.value !== row.kept);
        if (typing) {
            toast(_t("This cart was changed elsewhere meanwhile."), {
                action: { label: _t("Show"), run: () => this.refresh() },
            });
        } else {
            this.refresh();
        }
    }

    showRow(row, figure) {
        if (!figure) {
            return;
        }
        row.saved = figure.quantity;
        const set = (selector, text) => {
            const el = row.el.querySelector(selector);
            if (el) {
                el.textContent = text;
            }
        };
        set(".o_b2b_price", figure.price);
        set(".o_b2b_line_total", figure.total);
        set(".o_b2b_promise", figure.promise);
        if (document.activeElement !== row.input && !row.error) {
            if (row.value !== figure.quantity) {
                row.say(`${quantity(row.value)} → ${quantity(figure.quantity)}`, "warn");
            }
            row.input.value = String(figure.quantity);
            row.kept = row.input.value;
        }
    }

    async addCode() {
        const note = this.el.querySelector(".o_b2b_add_note");
        note.textContent = "";
        const code = this.code.value.trim();
        if (!code) {
            this.code.focus();
            return;
        }
        try {
            const answer = await this.waitFor(
                post("/trade/cart/code", { code, quantity: this.count.value.trim() })
            );
            updateBar(answer.bar);
            await this.refresh();
            document.querySelector(".o_b2b_add_code")?.focus();
        } catch (error) {
            note.textContent = error.message;
        }
    }
}

registry.category("public.interactions").add("b2b_portal.cart", CartGrid);
