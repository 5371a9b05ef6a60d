import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const LATER = "_later";

/** A day across and a later day exclude each other: the last choice counts. Heard
 * before the page sends what is chosen. */
export class LaterDay extends Interaction {
    static selector = ".o_b2b_checkout_form";
    dynamicContent = {
        _root: { "t-on-change.capture": this.onChange },
    };

    onChange(ev) {
        const { name, type, value } = ev.target;
        if (type === "radio") {
            const list = this.el.elements[name + LATER];
            if (list) {
                list.value = "";
            }
        } else if (name.endsWith(LATER)) {
            const group = name.slice(0, -LATER.length);
            for (const radio of this.el.querySelectorAll("input[type='radio']")) {
                if (radio.name === group && value) {
                    radio.checked = false;
                }
            }
        }
    }
}

registry.category("public.interactions").add("b2b_portal_delivery.later_day", LaterDay);
