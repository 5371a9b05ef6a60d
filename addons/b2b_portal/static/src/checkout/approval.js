import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** `a` and `r` focus the decision, Enter decides: one key never decides alone. */
export class Approval extends Interaction {
    static selector = ".o_b2b_decide";
    dynamicContent = {
        _document: { "t-on-keydown": this.onKey },
        _root: { "t-on-submit": this.onSubmit },
    };

    start() {
        this.el.querySelector("[aria-invalid='true']")?.focus();
    }

    onKey(ev) {
        const typing = ev.target.closest("input, textarea, select, [contenteditable]");
        if (typing || ev.ctrlKey || ev.metaKey || ev.altKey || this.off) {
            return;
        }
        const button = this.el.querySelector(`[data-key="${CSS.escape(ev.key)}"]`);
        if (button) {
            ev.preventDefault();
            button.focus();
        }
    }

    get off() {
        return document.querySelector(".o_b2b_keys_off")?.checked;
    }

    onSubmit(ev) {
        if (this.sent) {
            ev.preventDefault();
        }
        this.sent = true;
        this.waitForTimeout(() => (this.sent = false), 20000);
    }
}

registry.category("public.interactions").add("b2b_portal.approval", Approval);
