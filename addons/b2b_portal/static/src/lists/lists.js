import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { failed, post, quantity, toast } from "../core/portal";
import { readQuantity } from "../grid/row";
import { chooseList } from "./choose_list";

/** Whether the question for a list stands on the page. */
let asking = false;

/**
 * Put articles on a list that the person chooses.
 *
 * @param {[number, number][]|null} lines pairs of article and quantity
 * @param {Object} of what the server reads them from otherwise: `order_id`
 */
export async function putOnList(lines, of = {}) {
    if (asking) {
        return;
    }
    asking = true;
    try {
        const answer = await post("/trade/lists/choices", of);
        const { lists } = answer;
        lines = lines || answer.lines;
        const title =
            lines.length === 1
                ? _t("Put this article on a list")
                : _t("Put %s articles on a list", quantity(lines.length));
        const choice = await chooseList(lists, title);
        if (!choice) {
            return;
        }
        const { text, url } = await post("/trade/lists/put", { lines, ...choice });
        toast(text, { action: { label: _t("Open"), run: () => location.assign(url) } });
    } catch (error) {
        failed(error);
    } finally {
        asking = false;
    }
}

/** Hearts and "put on a list" wherever they stand. */
export class ListButtons extends Interaction {
    static selector = ".o_b2b_main";
    dynamicContent = {
        _root: {
            "t-on-click": this.onClick,
            "t-on-b2b-favourite": this.onHeartKey,
            "t-on-b2b-list": this.onListKey,
        },
    };

    onClick(ev) {
        const heart = ev.target.closest(".o_b2b_heart");
        if (heart) {
            this.press(heart);
            return;
        }
        const button = ev.target.closest(".o_b2b_to_list");
        if (button?.dataset.orderId) {
            putOnList(null, { order_id: Number(button.dataset.orderId) });
        } else if (button) {
            putOnList(this.linesOf(button));
        }
    }

    /** Of the button itself, else what is typed in the rows of the page. */
    linesOf(button) {
        if (button.dataset.lines) {
            return JSON.parse(button.dataset.lines);
        }
        return [...this.el.querySelectorAll(".o_b2b_row[data-product-id]")].map((row) => [
            Number(row.dataset.productId),
            row.querySelector(".o_b2b_stepper input")?.value || 0,
        ]);
    }

    onHeartKey(ev) {
        const heart = ev.target.closest(".o_b2b_row")?.querySelector(".o_b2b_heart");
        if (heart) {
            this.press(heart);
        }
    }

    onListKey(ev) {
        const row = ev.target.closest(".o_b2b_row");
        putOnList([[Number(row.dataset.productId), ev.target.value || 0]]);
    }

    async press(heart) {
        if (heart.disabled) {
            return;
        }
        heart.disabled = true;
        try {
            const { on } = await this.waitFor(
                post("/trade/favourite", { product_id: Number(heart.dataset.heart) })
            );
            heart.setAttribute("aria-pressed", on ? "true" : "false");
            heart.querySelector(".fa").className = `fa ${on ? "fa-heart" : "fa-heart-o"}`;
            toast(on ? _t("On your favourites.") : _t("No longer a favourite."));
        } catch (error) {
            failed(error);
        } finally {
            heart.disabled = false;
        }
    }
}

/** The page of one list: keep its quantities, take articles off. */
export class ListPage extends Interaction {
    static selector = ".o_b2b_grid_list";
    dynamicContent = {
        _root: { "t-on-click": this.onClick, "t-on-keydown": this.onKeydown },
        _document: { "t-on-keydown": this.onUndoKey },
    };

    setup() {
        this.removed = [];
    }

    /** Ctrl Z brings the latest article back that was taken off. */
    onUndoKey(ev) {
        const input = ev.target.closest?.(".o_b2b_row")?.querySelector(".o_b2b_stepper input");
        if (this.removed.length && isUndoKey(ev, input && { input, kept: "" })) {
            ev.preventDefault();
            this.removed.at(-1)();
        }
    }

    onClick(ev) {
        const remove = ev.target.closest(".o_b2b_list_remove");
        if (remove) {
            this.remove(remove.closest(".o_b2b_row"));
        } else if (ev.target.closest(".o_b2b_list_keep")) {
            this.keep();
        }
    }

    /** Delete in a row that holds nothing typed, as in the cart. */
    onKeydown(ev) {
        const row = ev.target.closest(".o_b2b_row");
        const may = row?.querySelector(".o_b2b_list_remove");
        if (ev.key === "Delete" && may && ev.target.matches("input") && !ev.target.value) {
            ev.preventDefault();
            this.remove(row);
        }
    }

    get url() {
        return `/trade/lists/${this.el.dataset.listId}`;
    }

    inputOf(row) {
        return row.querySelector(".o_b2b_stepper input");
    }

    /** Only what stands in the rows: an empty one may be in the cart or coming. */
    async keep() {
        const rows = [...this.el.querySelectorAll(".o_b2b_row.is-filled")];
        if (!rows.length) {
            toast(_t("Type the quantities first."), { bad: true });
            return;
        }
        const lines = rows.map((row) => [idOf(row), this.inputOf(row).value]);
        try {
            const { text } = await this.waitFor(post(`${this.url}/set`, { lines }));
            for (const row of rows) {
                const kept = row.querySelector(".o_b2b_c_wanted");
                kept.textContent = quantity(readQuantity(this.inputOf(row).value));
            }
            toast(text);
        } catch (error) {
            failed(error);
        }
    }

    /** Take one article off; what is typed in the others stays. */
    async remove(row) {
        const after = row.nextElementSibling;
        const typed = this.inputOf(row)?.value || "";
        try {
            const answer = await this.waitFor(
                post(`${this.url}/remove`, { product_ids: [idOf(row)] })
            );
            this.type(row, "");
            row.remove();
            after?.querySelector(".o_b2b_stepper input")?.focus();
            const run = () => {
                if (this.removed.includes(run)) {
                    this.removed.splice(this.removed.indexOf(run), 1);
                    this.putBack(row, after, typed, answer);
                }
            };
            this.removed.push(run);
            toast(answer.text, { action: { label: _t("Undo"), run } });
        } catch (error) {
            failed(error);
        }
    }

    async putBack(row, after, typed, { undo, places }) {
        try {
            await this.waitFor(post(`${this.url}/set`, { lines: undo, places }));
            this.el.querySelector("tbody").insertBefore(row, after?.isConnected ? after : null);
            this.type(row, typed);
        } catch (error) {
            failed(error);
        }
    }

    /** Write into a row so that the sums of the page follow. */
    type(row, value) {
        const input = this.inputOf(row);
        if (input) {
            input.value = value;
            input.dispatchEvent(new Event("input", { bubbles: true }));
        }
    }
}

function idOf(row) {
    return Number(row.dataset.productId);
}

registry.category("public.interactions").add("b2b_portal.list_buttons", ListButtons);
registry.category("public.interactions").add("b2b_portal.list_page", ListPage);
