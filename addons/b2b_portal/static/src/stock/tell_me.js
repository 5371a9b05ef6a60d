import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { failed, post, toast } from "../core/portal";

/** "Tell me" wherever an article is out of stock. */
export class TellMe extends Interaction {
    static selector = ".o_b2b_main";
    dynamicContent = { _root: { "t-on-click": this.onClick } };

    onClick(ev) {
        const button = ev.target.closest(".o_b2b_tell");
        if (button && !button.disabled) {
            this.press(button);
        }
    }

    async press(button) {
        button.disabled = true;
        try {
            const { on } = await this.waitFor(
                post("/trade/stock/tell", { product_id: Number(button.dataset.tell) })
            );
            button.setAttribute("aria-pressed", on ? "true" : "false");
            button.querySelector(".fa").className = `fa ${on ? "fa-bell" : "fa-bell-o"}`;
            toast(on ? _t("You get a mail when it is back.") : _t("You get no mail about it."));
        } catch (error) {
            failed(error);
        } finally {
            button.disabled = false;
            button.focus();
        }
    }
}

registry.category("public.interactions").add("b2b_portal.tell_me", TellMe);
