import { post } from "@b2b_portal/core/portal";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const EVERY = 1500;
// After so many questions nobody believes in "a few seconds" any more.
const MOST = 40;

/**
 * The document of an order that was just sent: has it made and tells how far it is.
 * The link beside it works all the time.
 */
export class OrderPaper extends Interaction {
    static selector = ".o_b2b_paper[data-state-url]";
    dynamicContent = {
        ".o_b2b_paper_again": { "t-on-click": () => this.ask(true) },
    };

    setup() {
        this.part = (name) => this.el.querySelector(`.o_b2b_paper_${name}`);
        this.asked = 0;
    }

    start() {
        this.ask();
    }

    async ask(again = false) {
        if (again) {
            this.asked = 0;
        }
        this.asked += 1;
        this.show("making");
        let answer = { state: "failed" };
        try {
            const url = this.el.dataset.stateUrl;
            answer = await this.waitFor(post(url, { again }));
        } catch (error) {
            if (error.status === 0 && this.asked < MOST) {
                answer.state = "making"; // the connection may come back
            }
        }
        if (answer.title) {
            this.part("link").textContent = answer.title;
        }
        if (answer.state === "making") {
            if (this.asked < MOST) {
                this.waitForTimeout(() => this.ask(), EVERY);
                return;
            }
            answer.state = "failed";
        }
        this.show(answer.state);
    }

    show(state) {
        const words = {
            making: _t("PDF is being made, a few seconds; you may leave"),
            ready: _t("PDF is ready"),
            failed: _t("The PDF could not be made just now; the link opens a page to print."),
        };
        this.part("state").textContent = words[state];
        this.part("bar").hidden = state !== "making";
        const button = this.part("again");
        if (state === "making" && document.activeElement === button) {
            this.part("link").focus();
        }
        button.hidden = state !== "failed";
        this.el.dataset.state = state;
    }
}

registry.category("public.interactions").add("b2b_portal.order_paper", OrderPaper);
