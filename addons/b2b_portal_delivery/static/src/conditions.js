import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/**
 * The conditions of a delivery method as a dialog. The browser keeps the focus inside,
 * closes it by Escape and gives the focus back; the part may be drawn anew meanwhile, so
 * clicks are heard on the form.
 */
export class Conditions extends Interaction {
    static selector = ".o_b2b_checkout_form";
    dynamicContent = {
        _root: { "t-on-click": this.onClick, "t-on-change": this.onChange },
    };

    onChange(ev) {
        if (ev.target.name === "conditions" && ev.target.checked) {
            ev.target.removeAttribute("aria-invalid");
        }
    }

    onClick(ev) {
        const opener = ev.target.closest("[data-conditions]");
        if (opener) {
            const dialog = document.getElementById(opener.dataset.conditions);
            dialog.showModal();
            dialog.querySelector("h2").focus();
            return;
        }
        const dialog = ev.target.closest(".o_b2b_conditions_dialog");
        if (!dialog) {
            return;
        }
        if (ev.target.closest("[data-conditions-accept]")) {
            const tick = this.el.elements.conditions;
            dialog.close();
            if (!tick.checked) {
                tick.checked = true;
                tick.dispatchEvent(new Event("change", { bubbles: true }));
            }
            tick.focus();
        } else if (ev.target.closest("[data-conditions-close]")) {
            dialog.close();
        }
    }
}

registry.category("public.interactions").add("b2b_portal_delivery.conditions", Conditions);
