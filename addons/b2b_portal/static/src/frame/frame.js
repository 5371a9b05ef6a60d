import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { failed, post, refreshPage, replaceMarkup, takeToast, toast } from "../core/portal";

const GO = {
    h: "/trade",
    k: "/trade/catalog",
    q: "/trade/quick-order",
    l: "/trade/lists",
    c: "/trade/cart",
    o: "/trade/orders",
    a: "/trade/approvals",
    b: "/trade/budgets",
};
const GROUP = ".o_b2b_agreements";
const LETTERS_OFF = "b2b.letters_off";

/** Keyboard, panels and the agreement switch of every trade page. */
export class TradeFrame extends Interaction {
    static selector = ".o_b2b[data-seat-id]";
    dynamicContent = {
        _root: {
            "t-on-b2b-totals": (ev) => this.loadTotals(ev.target),
            // Parts of the page are replaced: their groups are met on the way up.
            "t-on-keydown": this.onRadioKey,
            "t-on-focusin": (ev) => this.rove(ev.target.closest(GROUP), ev.target),
        },
        _document: {
            "t-on-keydown": this.onKeydown,
            "t-on-click": this.onClickAnywhere,
        },
        ".o_b2b_drop": { "t-on-toggle": this.onToggle },
        ".o_b2b_panel_filter input": {
            "t-on-input": this.onFilter,
            "t-on-keydown": this.onFilterKey,
        },
        ".o_b2b_agreements": { "t-on-submit": this.onAgreement },
        ".o_b2b_search_open": { "t-on-click": this.onSearchOpen },
        ".o_b2b_keys_open": { "t-on-click": () => this.openKeys() },
        ".o_b2b_dialog_close": {
            "t-on-click": (ev) => ev.currentTarget.closest("dialog").close(),
        },
        ".o_b2b_keys_off": { "t-on-change": this.onLettersOff },
    };

    start() {
        this.pending = "";
        const box = this.el.querySelector(".o_b2b_keys_off");
        if (box) {
            box.checked = localStorage.getItem(LETTERS_OFF) === "1";
        }
        this.showName();
        for (const group of this.el.querySelectorAll(GROUP)) {
            this.rove(group);
        }
        const compare = this.el.querySelector(".o_b2b_compare");
        if (compare) {
            this.loadTotals(compare);
        }
        const kept = takeToast();
        if (kept) {
            toast(kept.text);
        }
    }

    // -- keyboard -------------------------------------------------------------

    onKeydown(ev) {
        if (ev.key === "Escape" && this.closePanels()) {
            ev.preventDefault();
            return;
        }
        if (ev.defaultPrevented) {
            return;
        }
        if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey)) {
            const main = this.mainButton();
            if (main && !document.querySelector("dialog[open]")) {
                ev.preventDefault();
                main.click();
            }
            return;
        }
        const writing = ev.target.closest?.("input, textarea, select, [contenteditable]");
        if (writing || ev.ctrlKey || ev.metaKey || ev.altKey) {
            return;
        }
        if (localStorage.getItem(LETTERS_OFF) === "1" && ev.key !== "?") {
            return;
        }
        this.onLetter(ev);
    }

    onLetter(ev) {
        const open = this.pending === "g";
        this.pending = "";
        if (open && ev.key === "p") {
            ev.preventDefault();
            this.openDrop(this.el.querySelector("details.o_b2b_switch"));
        } else if (open && ev.key === "s" && this.hasLink(GO.c)) {
            ev.preventDefault();
            const carts = this.el.querySelector("details.o_b2b_carts");
            const shown = carts?.querySelector("summary").checkVisibility();
            shown ? this.openDrop(carts) : (location.href = "/trade/carts");
        } else if (open && GO[ev.key] && this.hasLink(GO[ev.key])) {
            ev.preventDefault();
            location.href = GO[ev.key];
        } else if (ev.key === "g") {
            this.pending = "g";
            this.waitForTimeout(() => (this.pending = ""), 1500);
        } else if (ev.key === "/") {
            ev.preventDefault();
            this.onSearchOpen();
        } else if (ev.key === "?") {
            ev.preventDefault();
            this.openKeys();
        }
    }

    /** What a seat may not do is absent, by keyboard as well. */
    hasLink(url) {
        return Boolean(this.el.querySelector(`a[href="${url}"]`));
    }

    mainButton() {
        const buttons = this.el.querySelectorAll(".o_b2b_btn_main:not([disabled])");
        return [...buttons].find((el) => el.checkVisibility());
    }

    openKeys() {
        this.closePanels();
        this.el.querySelector(".o_b2b_keys")?.showModal();
    }

    onLettersOff(ev) {
        localStorage.setItem(LETTERS_OFF, ev.currentTarget.checked ? "1" : "0");
    }

    // -- panels ---------------------------------------------------------------

    openDrop(drop) {
        if (drop) {
            drop.open = true;
        }
    }

    closePanels(except) {
        let closed = false;
        for (const drop of this.el.querySelectorAll("details.o_b2b_drop[open]")) {
            if (drop !== except) {
                const inside = drop.contains(document.activeElement);
                drop.open = false;
                closed = true;
                if (inside) {
                    drop.querySelector("summary").focus();
                }
            }
        }
        return closed;
    }

    onClickAnywhere(ev) {
        const inside = ev.target.closest?.("details.o_b2b_drop");
        for (const drop of this.el.querySelectorAll("details.o_b2b_drop[open]")) {
            if (drop !== inside) {
                drop.open = false;
            }
        }
        if (ev.target.matches?.("dialog.o_b2b_dialog")) {
            ev.target.close();
        }
    }

    onToggle(ev) {
        const drop = ev.currentTarget;
        if (!drop.open) {
            return;
        }
        const inside = "input:not([type=hidden]), a, button";
        drop.querySelector(".o_b2b_panel")?.querySelector(inside)?.focus();
        if (drop.matches(".o_b2b_switch")) {
            this.loadTotals(drop);
        } else if (drop.matches(".o_b2b_bell")) {
            this.loadNeeds(drop);
        }
    }

    async loadNeeds(drop) {
        const list = drop.querySelector(".o_b2b_bell_list");
        try {
            const { html } = await this.waitFor(post("/trade/needs"));
            replaceMarkup(list, html);
            list.querySelector("a")?.focus();
        } catch (error) {
            failed(error);
        }
    }

    /** A wide logo says the name itself. */
    showName() {
        const logo = this.el.querySelector(".o_b2b_brand_logo");
        const name = this.el.querySelector(".o_b2b_brand_name");
        const decide = () => {
            const wide = logo.naturalWidth > 2 * logo.naturalHeight;
            name.classList.toggle("visually-hidden", wide);
        };
        if (logo && name) {
            logo.complete ? decide() : this.addListener(logo, "load", decide);
        }
    }

    /** Totals of the cart under each agreement, in panel and cart alike. */
    async loadTotals(scope) {
        if (!scope.querySelector("[data-agreement-total]:empty")) {
            return;
        }
        try {
            const { totals } = await this.waitFor(post("/trade/cart/compare"));
            for (const { id, total, difference, better } of totals) {
                for (const el of scope.querySelectorAll(`[data-agreement-total="${id}"]`)) {
                    el.textContent = total;
                    const note = el.nextElementSibling;
                    if (note) {
                        note.textContent = difference;
                        note.classList.toggle("is-better", better);
                    }
                }
            }
        } catch {
            // The choice stays usable without totals.
        }
    }

    onFilter(ev) {
        const text = ev.currentTarget.value.trim().toLowerCase();
        const panel = ev.currentTarget.closest(".o_b2b_panel");
        for (const option of panel.querySelectorAll(".o_b2b_option")) {
            option.hidden = Boolean(text) && !option.textContent.toLowerCase().includes(text);
        }
        for (const form of panel.querySelectorAll("form[aria-labelledby]")) {
            const head = document.getElementById(form.getAttribute("aria-labelledby"));
            head.hidden = Boolean(text) && !form.querySelector(".o_b2b_option:not([hidden])");
        }
        for (const group of panel.querySelectorAll(GROUP)) {
            this.rove(group);
        }
    }

    /** From the filter down to what it found; Enter takes the first of that. */
    onFilterKey(ev) {
        const panel = ev.currentTarget.closest(".o_b2b_panel");
        const options = [...panel.querySelectorAll("button.o_b2b_option, a.o_b2b_option")];
        const first = options.find((el) => el.checkVisibility() && !el.disabled);
        const takes = ev.key === "Enter" && ev.currentTarget.value.trim();
        if (first && (takes || ev.key === "ArrowDown")) {
            ev.preventDefault();
            first.focus();
            takes && first.click();
        }
    }

    // -- agreement ------------------------------------------------------------

    radiosOf(group) {
        return [...(group?.querySelectorAll("[role=radio]:not([disabled]):not([hidden])") || [])];
    }

    /** One tab stop: where the focus is, else what is chosen. */
    rove(group, target) {
        const radios = this.radiosOf(group);
        const chosen = radios.find((radio) => radio.getAttribute("aria-checked") === "true");
        const stop = radios.includes(target) ? target : chosen || radios[0];
        for (const radio of radios) {
            radio.tabIndex = radio === stop ? 0 : -1;
        }
    }

    /** Arrows move without choosing: a choice re-prices the cart, Enter or Space does it. */
    onRadioKey(ev) {
        const radios = this.radiosOf(ev.target.closest(GROUP));
        const at = radios.indexOf(ev.target);
        const to = {
            ArrowDown: at + 1,
            ArrowRight: at + 1,
            ArrowUp: at - 1,
            ArrowLeft: at - 1,
            Home: 0,
            End: radios.length - 1,
        }[ev.key];
        if (at >= 0 && to !== undefined && !ev.ctrlKey && !ev.metaKey && !ev.altKey) {
            ev.preventDefault();
            radios[(to + radios.length) % radios.length].focus();
        }
    }

    async onAgreement(ev) {
        ev.preventDefault();
        const chosen = ev.submitter;
        if (!chosen || chosen.getAttribute("aria-checked") === "true") {
            this.closePanels();
            return;
        }
        await this.switchAgreement(Number(chosen.value), true);
    }

    // Undo outlives this instance, the page is replaced in place: no waitFor here.
    async switchAgreement(id, undoable) {
        try {
            const { text, undo_id } = await post("/trade/cart/agreement/json", {
                agreement_id: id,
            });
            const undo = { label: _t("Undo"), run: () => this.switchAgreement(undo_id, false) };
            toast(text, { action: undoable ? undo : undefined });
            await refreshPage(this.services["public.interactions"]);
        } catch (error) {
            failed(error);
        }
    }

    onSearchOpen() {
        this.el.querySelector(".o_b2b_bar").classList.add("is-searching");
        this.el.querySelector("#o_b2b_search_input")?.focus();
    }
}

registry.category("public.interactions").add("b2b_portal.frame", TradeFrame);
