import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { failed, post, refreshPage, toast } from "../core/portal";

/** Rows of one call to the cart. */
const BATCH = 500;

/** The page of all carts: emptying one, with Undo. */
export class Carts extends Interaction {
    static selector = ".o_b2b_carts_page";
    dynamicContent = {
        ".o_b2b_cart_empty": { "t-on-click": this.onEmpty },
    };

    async onEmpty(ev) {
        const cart = Number(ev.currentTarget.dataset.cartId);
        const { services } = this;
        try {
            const answer = await post(`/trade/carts/${cart}/empty`);
            const run = () => fillAgain(cart, answer.undo, services);
            toast(answer.text, {
                action: answer.undo.length ? { label: _t("Undo"), run } : undefined,
            });
            await refreshPage(services["public.interactions"]);
        } catch (error) {
            failed(error);
        }
    }
}

/** Undo outlives the page that was replaced in place. */
async function fillAgain(cart, lines, services) {
    try {
        for (let start = 0; start < lines.length; start += BATCH) {
            const part = lines.slice(start, start + BATCH);
            await post("/trade/cart/set", { cart_id: cart, lines: part });
        }
        await refreshPage(services["public.interactions"]);
    } catch (error) {
        failed(error);
    }
}

registry.category("public.interactions").add("b2b_portal.carts", Carts);
