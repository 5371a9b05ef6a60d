import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { _t } from "@web/core/l10n/translation";
import { failed, post, replaceMarkup, toast, updateBar } from "../core/portal";

const DELAY = 150;
const LEAST = 2;

/** Search as you type: a combobox whose rows come from the server as markup. */
export class TradeSearch extends Interaction {
    static selector = ".o_b2b_search";
    dynamicContent = {
        input: {
            "t-on-input": this.debounced(this.onInput, DELAY),
            "t-on-keydown": this.onKeydown,
            "t-on-focus": this.onFocus,
        },
        _root: { "t-on-focusout": this.onFocusOut, "t-on-submit": this.onSubmit },
        ".o_b2b_search_panel": {
            "t-on-mousedown.prevent": () => {},
            "t-on-click": this.onClick,
        },
    };

    setup() {
        this.input = this.el.querySelector("input");
        this.panel = this.el.querySelector(".o_b2b_search_panel");
        this.list = this.el.querySelector("[role=grid]");
        this.status = this.el.querySelector(".o_b2b_search_status");
        this.asked = 0;
    }

    get options() {
        return [...this.list.querySelectorAll("[role=row]")];
    }

    get current() {
        return this.list.querySelector("[aria-selected=true]");
    }

    async onInput() {
        const text = this.input.value.trim();
        const turn = ++this.asked;
        if (text.length < LEAST) {
            this.close();
            return;
        }
        try {
            const found = await this.waitFor(post("/trade/search/suggest", { text }));
            if (turn === this.asked) {
                replaceMarkup(this.list, found.html);
                this.status.textContent = found.status;
                this.status.classList.toggle("visually-hidden", Boolean(found.total));
                this.open();
            }
        } catch (error) {
            this.list.replaceChildren();
            this.status.textContent = _t("Not searched: %s.", error.message);
            this.status.classList.remove("visually-hidden");
            this.open();
        }
    }

    open() {
        this.panel.hidden = false;
        this.input.setAttribute("aria-expanded", "true");
    }

    close() {
        this.panel.hidden = true;
        this.input.setAttribute("aria-expanded", "false");
        this.input.removeAttribute("aria-activedescendant");
    }

    onFocus() {
        this.input.select();
    }

    onFocusOut(ev) {
        if (!this.el.contains(ev.relatedTarget)) {
            this.close();
            this.el.closest(".o_b2b_bar")?.classList.remove("is-searching");
        }
    }

    select(option) {
        for (const el of this.options) {
            el.setAttribute("aria-selected", el === option ? "true" : "false");
        }
        if (option) {
            this.input.setAttribute("aria-activedescendant", option.id);
            option.scrollIntoView({ block: "nearest" });
        }
    }

    onKeydown(ev) {
        const options = this.options;
        const at = options.indexOf(this.current);
        if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
            if (!this.panel.hidden && options.length) {
                ev.preventDefault();
                const step = ev.key === "ArrowDown" ? 1 : -1;
                this.select(options[(at + step + options.length) % options.length]);
            }
        } else if (ev.key === "Enter" && !ev.ctrlKey && !this.panel.hidden && this.current) {
            ev.preventDefault();
            location.href = this.current.dataset.url;
        } else if (ev.key === "Enter" && ev.ctrlKey) {
            ev.preventDefault();
            ev.stopPropagation();
            this.el.requestSubmit();
        } else if (ev.key === "Escape") {
            ev.stopPropagation();
            if (this.panel.hidden) {
                this.input.value = "";
                this.input.blur();
            }
            this.close();
        }
    }

    onSubmit(ev) {
        if (!this.input.value.trim()) {
            ev.preventDefault();
        }
    }

    async onClick(ev) {
        const add = ev.target.closest(".o_b2b_hit_add");
        const hit = ev.target.closest(".o_b2b_hit");
        if (add) {
            await this.add(add);
        } else if (hit) {
            location.href = hit.dataset.url;
        }
    }

    async add(button) {
        const { productId, quantity } = button.dataset;
        try {
            const answer = await this.waitFor(
                post("/trade/cart/add", {
                    lines: [[Number(productId), Number(quantity)]],
                    on_double: "add",
                })
            );
            updateBar(answer.bar);
            toast(answer.text, {
                action: {
                    label: _t("Undo"),
                    run: async () =>
                        updateBar((await post("/trade/cart/set", { lines: answer.undo })).bar),
                },
            });
        } catch (error) {
            failed(error);
        }
    }
}

registry.category("public.interactions").add("b2b_portal.search", TradeSearch);
