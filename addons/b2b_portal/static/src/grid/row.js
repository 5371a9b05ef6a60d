import { _t } from "@web/core/l10n/translation";
import { money, quantity, toast } from "../core/portal";

/** Most that one line can hold; the server says the same. */
const MOST = 999999;

/** Rounding up by more than this share of what was typed asks first. */
const ASK_ABOVE = 0.5;

/** The sign between thousands in the language of the page; the server knows the same. */
function groupSign() {
    const format = new Intl.NumberFormat(document.documentElement.lang || "en");
    return format.formatToParts(12345).find((part) => part.type === "group")?.value || "";
}

/** Without the signs between thousands: 1,000 is a thousand where the page says so. */
function ungroup(text) {
    const group = groupSign().trim();
    const escape = (sign) => sign.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const decimal = escape(group === "." ? "," : ".");
    const grouped = new RegExp(
        `^[+-]?[1-9]\\d{0,2}(?:${escape(group)}\\d{3})+(?:${decimal}\\d+)?$`
    );
    return group && grouped.test(text) ? text.replaceAll(group, "") : text;
}

/**
 * Read a typed quantity: NaN for text; blanks, signs between thousands and a decimal
 * comma are welcome.
 */
export function readQuantity(text) {
    const clean = ungroup(text.replace(/[\s\u00a0\u202f]/g, ""));
    if (!clean) {
        return 0;
    }
    const dotted = clean.includes(".") ? clean : clean.replace(",", ".");
    return /^[+-]?\d*\.?\d+$/.test(dotted) ? Number(dotted) : NaN;
}

/** Round up to full packs and to the smallest quantity, never while typing. */
export function correct(value, { step, min, max }) {
    if (value <= 0) {
        return value;
    }
    const packs = step > 0 ? Math.ceil(value / step - 1e-6) * step : value;
    let right = Math.max(packs, min);
    if (max && right > max) {
        right = (step > 0 && Math.floor(max / step + 1e-6) * step) || max;
    }
    return Math.round(right * 1e6) / 1e6;
}

/** Rows that stay: how many, why the first one does, and the focus on it. */
export function showBad(rows) {
    const bad = [...rows].filter((row) => row.error);
    if (!bad.length) {
        return;
    }
    const [{ name, error, input }] = bad;
    const text =
        bad.length === 1
            ? _t("1 row was not added. %s: %s", name, error)
            : _t("%s rows were not added. %s: %s", quantity(bad.length), name, error);
    toast(text, { bad: true });
    input.focus();
}

/** Ctrl Z that is no undoing of letters in a field. */
export function isUndoKey(ev, row) {
    const isKey = ev.key?.toLowerCase() === "z" && (ev.ctrlKey || ev.metaKey);
    const writing = ev.target.closest?.("input, textarea, select, dialog");
    const typed = writing && !(row && writing === row.input && writing.value === row.kept);
    return isKey && !ev.shiftKey && !ev.altKey && !ev.defaultPrevented && !typed;
}

/** One row of an order grid: its quantity, price at that quantity and notes. */
export class GridRow {
    constructor(el) {
        this.el = el;
        // on the page of one article price and breaks stand outside of the row
        this.scope = el.closest(".o_b2b_buy") || el;
        const { dataset } = el;
        this.id = Number(dataset.productId);
        this.name = dataset.name;
        this.step = Number(dataset.step) || 1;
        this.min = Number(dataset.min) || this.step;
        this.max = Number(dataset.max) || 0;
        this.whole = dataset.whole === "1";
        this.price = dataset.price === undefined ? null : Number(dataset.price);
        this.breaks = JSON.parse(dataset.breaks || "[]");
        this.input = el.querySelector(".o_b2b_stepper input");
        this.note = el.querySelector(".o_b2b_note");
        this.kept = this.input.value;
        this.plainNote = this.note.textContent;
        this.error = "";
        this.corrected = "";
    }

    get value() {
        const value = readQuantity(this.input.value);
        return this.error || !Number.isFinite(value) ? 0 : Math.max(0, value);
    }

    /** Unit price at the typed quantity: that of the highest break reached. */
    get unitPrice() {
        let price = this.price;
        for (const [from, value] of this.breaks) {
            if (from <= this.value) {
                price = value;
            }
        }
        return price;
    }

    get total() {
        return this.unitPrice === null ? 0 : Math.round(this.unitPrice * this.value * 1e4) / 1e4;
    }

    setValue(value, { note = "", tone = "" } = {}) {
        this.input.value = value ? String(Math.round(value * 1e6) / 1e6) : "";
        this.kept = this.input.value;
        this.corrected = tone === "warn" ? note : "";
        this.say(note, tone);
        this.show();
    }

    say(text, tone = "") {
        this.error = tone === "bad" || tone === "ask" ? text : "";
        this.note.textContent = text || this.plainNote;
        this.note.classList.toggle("is-warn", tone === "warn" || tone === "ask");
        this.note.classList.toggle("is-bad", tone === "bad");
        this.input.setAttribute("aria-invalid", tone === "bad" ? "true" : "false");
        this.el.classList.toggle("is-error", tone === "bad");
    }

    /** Leave the field: refuse what is no quantity, else round up with a note. */
    leave() {
        const typed = this.input.value.trim();
        if (typed === this.kept) {
            return false;
        }
        const value = readQuantity(typed);
        const problem = this.problem(typed, value);
        if (problem) {
            this.kept = this.input.value;
            this.say(problem, "bad");
            this.show();
            return false;
        }
        const right = correct(value, this);
        if (right > value * (1 + ASK_ABOVE)) {
            this.ask(value, right);
            return false;
        }
        const note = right !== value ? this.noteFor(value, right) : "";
        this.setValue(right, { note, tone: note ? "warn" : "" });
        return true;
    }

    /** Much more than was typed: nothing counts until it is taken. */
    ask(value, right) {
        this.kept = this.input.value;
        this.say(this.noteFor(value, right), "ask");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "o_b2b_link o_b2b_take";
        button.dataset.quantity = right;
        button.textContent = _t("Take %s", quantity(right));
        this.note.append(" ", button);
        this.show();
    }

    /** The answer to the question: the quantity on the button. */
    take(button) {
        this.setValue(Number(button.dataset.quantity));
        this.input.focus();
    }

    problem(typed, value) {
        if (!Number.isFinite(value)) {
            return _t("“%s” is not a number", typed.slice(0, 12));
        }
        if (value < 0) {
            return _t("%s is below zero", quantity(value));
        }
        if (value > MOST) {
            return _t("more than one line can hold");
        }
        if (this.whole && !Number.isInteger(value)) {
            return _t("%s is not a whole number", quantity(value));
        }
        return "";
    }

    noteFor(value, right) {
        const change = `${quantity(value)} → ${quantity(right)}`;
        if (right < value) {
            return _t("%s: at most %s", change, quantity(this.max));
        }
        return right === this.min && this.min > this.step
            ? _t("%s: at least %s", change, quantity(this.min))
            : _t("%s: packs of %s", change, quantity(this.step));
    }

    /** One pack more or less; the first press goes to the smallest quantity. */
    stepBy(packs) {
        const next = this.value + packs * this.step;
        this.setValue(packs > 0 ? correct(Math.max(next, this.min), this) : next < this.min ? 0 : next);
    }

    /** In the cart now: what became of a typed quantity can still be read. */
    added(plainNote) {
        this.plainNote = plainNote;
        this.setValue(0, { note: this.corrected, tone: this.corrected ? "warn" : "" });
    }

    undo() {
        if (this.input.value !== this.kept) {
            this.input.value = this.kept;
            return true;
        }
        return false;
    }

    /** Repaint what depends on the quantity; the row keeps its height. */
    show() {
        const filled = this.value > 0;
        this.el.classList.toggle("is-filled", filled);
        const total = this.el.querySelector(".o_b2b_line_total");
        if (total && this.el.dataset.saved === undefined) {
            total.textContent = filled && this.unitPrice !== null ? money(this.total) : "–";
        }
        const price = this.scope.querySelector(".o_b2b_price");
        if (price && this.price !== null && this.breaks.length) {
            price.textContent = money(this.unitPrice);
        }
        this.showBreaks(this.scope.querySelectorAll(".o_b2b_break"), filled);
    }

    showBreaks(chips, filled) {
        let reached = null;
        for (const chip of chips) {
            chip.classList.remove("is-reached");
            const your = chip.querySelector(".o_b2b_your");
            if (your) {
                your.textContent = "";
            }
            if (filled && Number(chip.dataset.from) <= this.value) {
                reached = chip;
            }
        }
        reached?.classList.add("is-reached");
        const your = reached?.querySelector(".o_b2b_your");
        if (your) {
            your.textContent = _t("your %s", quantity(this.value));
        }
    }
}
