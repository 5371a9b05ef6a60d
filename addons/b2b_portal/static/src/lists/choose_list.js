import { _t } from "@web/core/l10n/translation";
import { root } from "../core/portal";

function element(tag, className, text) {
    const el = document.createElement(tag);
    el.className = className;
    el.textContent = text || "";
    return el;
}

/** A radio with its list; the last one is a new list with its name. */
function option(list, checked) {
    const label = element("label", "o_b2b_check");
    const input = document.createElement("input");
    input.type = "radio";
    input.name = "list_id";
    input.value = list.id;
    input.checked = checked;
    label.append(input, element("span", "", list.name));
    return label;
}

function newName(count) {
    const field = element("div", "o_b2b_field");
    const label = element("label", "", count ? _t("or a new list") : _t("Name of the list"));
    label.htmlFor = "o_b2b_new_list";
    const input = document.createElement("input");
    input.id = "o_b2b_new_list";
    input.type = "text";
    input.className = "o_b2b_input";
    input.maxLength = 60;
    input.autocomplete = "off";
    field.append(label, input);
    return { field, input };
}

/**
 * Ask on which list articles are put.
 *
 * @param {{id: number, name: string}[]} lists those that the person may change
 * @param {string} title
 * @returns {Promise<{list_id: number}|{name: string}|null>} null: none
 */
export function chooseList(lists, title) {
    const dialog = element("dialog", "o_b2b_dialog");
    dialog.setAttribute("aria-labelledby", "o_b2b_list_title");
    const heading = element("h2", "", title);
    heading.id = "o_b2b_list_title";
    const form = element("form", "o_b2b_list_form");
    form.method = "dialog";
    const choices = element("fieldset", "o_b2b_list_choices");
    choices.append(...lists.map((list, index) => option(list, index === 0)));
    const { field, input } = newName(lists.length);
    const actions = element("div", "o_b2b_dialog_do");
    const cancel = element("button", "o_b2b_btn", _t("Cancel"));
    cancel.type = "button";
    actions.append(cancel, element("button", "o_b2b_btn o_b2b_btn_main", _t("Put on the list")));
    form.append(choices, field, actions);
    dialog.append(heading, form);
    root().append(dialog);
    return new Promise((resolve) => {
        let answer = null;
        const done = (choice) => {
            answer = choice;
            dialog.close();
        };
        // Escape and a click beside it close the dialog as well.
        dialog.addEventListener("close", () => {
            dialog.remove();
            resolve(answer);
        });
        cancel.addEventListener("click", () => done(null));
        form.addEventListener("submit", (ev) => {
            ev.preventDefault();
            const name = input.value.trim();
            const chosen = form.querySelector("input[type=radio]:checked");
            if (!name && !chosen) {
                input.focus();
                return;
            }
            done(name ? { name } : { list_id: Number(chosen.value) });
        });
        dialog.showModal();
        (form.querySelector("input:checked") || input).focus();
    });
}
