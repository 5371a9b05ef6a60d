import { _t } from "@web/core/l10n/translation";
import { quantity, root } from "../core/portal";

/**
 * A question with a few answers.
 *
 * @param {string} heading
 * @param {[string, string][]} facts left and right of each line
 * @param {[string, string, boolean?][]} choices label, answer, whether it is the main one
 * @returns {Promise<string|null>} null: go back to the page
 */
function ask(heading, facts, choices) {
    const dialog = document.createElement("dialog");
    dialog.className = "o_b2b_dialog";
    dialog.setAttribute("aria-labelledby", "o_b2b_doubles_title");
    const title = document.createElement("h2");
    title.id = "o_b2b_doubles_title";
    title.textContent = heading;
    const list = document.createElement("ul");
    list.className = "o_b2b_dialog_list";
    for (const words of facts) {
        const item = document.createElement("li");
        for (const word of words) {
            const part = document.createElement("span");
            part.textContent = word;
            item.append(part);
        }
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
        for (const [label, choice, main] of choices) {
            const button = document.createElement("button");
            button.type = "button";
            button.className = `o_b2b_btn${main ? " o_b2b_btn_main" : ""}`;
            button.textContent = label;
            button.addEventListener("click", () => done(choice));
            actions.append(button);
        }
        dialog.addEventListener("cancel", () => done(null));
        dialog.showModal();
        actions.querySelector(".o_b2b_btn_main").focus();
    });
}

/**
 * Ask once what to do with articles that are in the cart already.
 *
 * @param {{name: string, in_cart: string, typed: string}[]} doubles
 * @returns {Promise<"add"|"replace"|"leave"|null>} null: go back to the page
 */
export function askDoubles(doubles) {
    const heading =
        doubles.length === 1
            ? _t("This article is in the cart already")
            : _t("%s articles are in the cart already", doubles.length);
    const facts = doubles.map(({ name, in_cart, typed }) => [
        name,
        _t("in cart %s, typed %s", in_cart, typed),
    ]);
    return ask(heading, facts, [
        [_t("Add to them"), "add"],
        [_t("Replace them"), "replace"],
        [_t("Leave as they are"), "leave", true],
    ]);
}

/**
 * Ask what becomes of rows that are there when others come.
 *
 * @param {number} there
 * @param {number} fresh
 * @returns {Promise<"add"|"replace"|null>} null: all stays as it is
 */
export function askRows(there, fresh) {
    const facts = [
        [_t("Rows here"), quantity(there)],
        [_t("Rows that come"), quantity(fresh)],
    ];
    return ask(_t("There are rows here already"), facts, [
        [_t("Add to them"), "add", true],
        [_t("Replace them"), "replace"],
        [_t("Leave as they are"), null],
    ]);
}
