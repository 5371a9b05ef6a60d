import { _t } from "@web/core/l10n/translation";
import { root } from "../core/portal";

/**
 * Ask once what to do with articles that are in the cart already.
 *
 * @param {{name: string, in_cart: string, typed: string}[]} doubles
 * @returns {Promise<"add"|"replace"|"leave"|null>} null: go back to the page
 */
export function askDoubles(doubles) {
    const dialog = document.createElement("dialog");
    dialog.className = "o_b2b_dialog";
    dialog.setAttribute("aria-labelledby", "o_b2b_doubles_title");
    const title = document.createElement("h2");
    title.id = "o_b2b_doubles_title";
    title.textContent =
        doubles.length === 1
            ? _t("This article is in the cart already")
            : _t("%s articles are in the cart already", doubles.length);
    const list = document.createElement("ul");
    list.className = "o_b2b_dialog_list";
    for (const double of doubles) {
        const item = document.createElement("li");
        const name = document.createElement("span");
        name.textContent = double.name;
        const fact = document.createElement("span");
        fact.textContent = _t("in cart %s, typed %s", double.in_cart, double.typed);
        item.append(name, fact);
        list.append(item);
    }
    const actions = document.createElement("div");
    actions.className = "o_b2b_dialog_do";
    dialog.append(title, list, actions);
    root().append(dialog);
    return new Promise((resolve) => {
        const done = (choice) => {
            dialog.close();
            dialog.remove();
            resolve(choice);
        };
        const add = (label, choice, main) => {
            const button = document.createElement("button");
            button.type = "button";
            button.className = `o_b2b_btn${main ? " o_b2b_btn_main" : ""}`;
            button.textContent = label;
            button.addEventListener("click", () => done(choice));
            actions.append(button);
            return button;
        };
        add(_t("Add to them"), "add");
        add(_t("Replace them"), "replace");
        const leave = add(_t("Leave as they are"), "leave", true);
        dialog.addEventListener("cancel", () => done(null));
        dialog.showModal();
        leave.focus();
    });
}
