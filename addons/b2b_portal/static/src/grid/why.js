import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { failed, post, replaceMarkup } from "../core/portal";

/** "why?" beside a price: the steps of the price, opened where it was asked. */
export class WhyPrice extends Interaction {
    static selector = ".o_b2b_main";
    dynamicContent = {
        _root: { "t-on-click": this.onClick, "t-on-b2b-why": this.onAsk },
        _document: { "t-on-click": this.onClickElsewhere, "t-on-keydown": this.onKeydown },
        _window: { "t-on-resize": () => this.close() },
    };

    onClick(ev) {
        const button = ev.target.closest(".o_b2b_why_open");
        if (button) {
            this.open(button);
        } else if (ev.target.closest(".o_b2b_why_close")) {
            this.close(true);
        }
    }

    /** Asked by key from a row. */
    onAsk(ev) {
        const button = ev.target.closest(".o_b2b_row")?.querySelector(".o_b2b_why_open");
        if (button) {
            this.back = ev.target;
            this.open(button);
        }
    }

    onClickElsewhere(ev) {
        if (this.box && !ev.target.closest(".o_b2b_price_why, .o_b2b_why_open")) {
            this.close();
        }
    }

    onKeydown(ev) {
        if (ev.key === "Escape" && this.box) {
            ev.preventDefault();
            this.close(true);
        }
    }

    async open(button) {
        const row = button.closest(".o_b2b_row");
        const id = Number(button.dataset.productId || row?.dataset.productId);
        const page = row || this.el;
        const typed = page.querySelector(".o_b2b_stepper input")?.value || 0;
        const back = this.back || button;
        this.close();
        this.back = back;
        try {
            const { html } = await this.waitFor(
                post("/trade/price/why", { product_id: id, quantity: typed })
            );
            this.show(button, html);
        } catch (error) {
            failed(error);
        }
    }

    show(button, html) {
        const box = document.createElement("div");
        box.className = "o_b2b_price_why";
        box.setAttribute("role", "dialog");
        box.setAttribute("aria-label", button.getAttribute("aria-label") || button.textContent);
        box.tabIndex = -1;
        replaceMarkup(box, html);
        this.el.append(box);
        const at = button.getBoundingClientRect();
        const frame = this.el.getBoundingClientRect();
        const left = Math.min(at.left - frame.left, frame.width - box.offsetWidth - 12);
        box.style.left = `${Math.max(12, left)}px`;
        const below = at.bottom + 6;
        const fits = below + box.offsetHeight < window.innerHeight - 70;
        const top = fits ? below : Math.max(64, at.top - box.offsetHeight - 6);
        box.style.top = `${top - frame.top}px`;
        this.box = box;
        box.focus();
    }

    close(refocus) {
        this.box?.remove();
        this.box = null;
        if (refocus) {
            this.back?.focus();
        }
        this.back = null;
    }
}

registry.category("public.interactions").add("b2b_portal.why", WhyPrice);
