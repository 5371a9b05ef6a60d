import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const TICK = 15000;
const MINUTE = 60000;
const DAY = 24 * 60 * MINUTE;

/** The time left for the first slot goes down on the page, and says when it is over. */
export class SlotCountdown extends Interaction {
    // The form, not the words: another address brings new ones.
    static selector = ".o_b2b_checkout_form";

    start() {
        this.over = new Set();
        this.tick();
    }

    tick() {
        for (const el of this.el.querySelectorAll(".o_b2b_countdown[data-until]")) {
            // As the server counts: the whole minute of the cut-off is in time.
            const now = Math.floor(Date.now() / MINUTE) * MINUTE;
            this.show(el, Date.parse(el.dataset.until) - now);
        }
        this.waitForTimeout(() => this.tick(), TICK);
    }

    show(el, left) {
        if (left > DAY) {
            return; // the page names the moment itself
        }
        const words = el.querySelector("span");
        if (left < 0) {
            words.textContent = _t("the first slot is over, the next one counts");
            this.ask(el.dataset.until);
            return;
        }
        const minutes = left < MINUTE ? 1 : Math.floor(left / MINUTE) % 60;
        const hours = Math.floor(left / (60 * MINUTE));
        words.textContent = hours
            ? _t("order within %(hours)s h %(minutes)s min for the first slot", {
                  hours,
                  minutes,
              })
            : _t("order within %s min for the first slot", minutes);
    }

    /** Once for each cut-off: what is said about the order is no longer true. */
    ask(until) {
        if (!this.over.has(until)) {
            this.over.add(until);
            const cart = this.el.querySelector("[name='cart_id']");
            cart.dispatchEvent(new Event("change", { bubbles: true }));
        }
    }
}

registry
    .category("public.interactions")
    .add("b2b_portal_delivery.countdown", SlotCountdown);
