import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** “Use 1,985” writes the number into the field, as if it had been typed. */
export class PointsMost extends Interaction {
    static selector = ".o_b2b_points_most";
    dynamicContent = { _root: { "t-on-click": this.onClick } };

    setup() {
        // Without scripts the number is typed.
        this.el.hidden = false;
    }

    onClick() {
        const field = document.getElementById("b2b_points_input");
        field.value = this.el.dataset.points;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.focus();
    }
}

/** Enter takes the number over; it does not send the order. */
export class PointsField extends Interaction {
    static selector = "#b2b_points_input";
    dynamicContent = { _root: { "t-on-keydown": this.onKeydown } };

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.ctrlKey && !ev.metaKey) {
            ev.preventDefault();
            this.el.dispatchEvent(new Event("input", { bubbles: true }));
        }
    }
}

registry.category("public.interactions").add("b2b_portal_loyalty.points_field", PointsField);
registry.category("public.interactions").add("b2b_portal_loyalty.points", PointsMost);
