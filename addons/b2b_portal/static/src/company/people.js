import { failed, post, refreshPage, toast } from "@b2b_portal/core/portal";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Roles and deciders change in the row, and come back by Undo. */
export class TeamPeople extends Interaction {
    static selector = ".o_b2b_people";
    dynamicContent = {
        ".o_b2b_select": { "t-on-change": this.onChange },
    };

    async onChange(ev) {
        const select = ev.currentTarget;
        await this.save({
            id: select.id,
            member_id: Number(select.closest("tr").dataset.member),
            field: select.dataset.field,
            value: select.value,
            undoable: true,
        });
    }

    // Undo outlives this instance, the page is replaced in place: no waitFor here.
    async save({ id, member_id, field, value, undoable }) {
        try {
            const { text, undo } = await post("/trade/team/person", {
                member_id,
                field,
                value,
            });
            const back = { id, member_id, field, value: undo, undoable: false };
            const action = { label: _t("Undo"), run: () => this.save(back) };
            toast(text, { action: undoable ? action : undefined });
            await refreshPage(this.services["public.interactions"]);
            document.getElementById(id)?.focus();
        } catch (error) {
            this.refuse(document.getElementById(id), error);
        }
    }

    /** The sentence stands at the field, which shows again what is true. */
    refuse(select, error) {
        if (!select || error.status !== 400) {
            failed(error);
        }
        if (!select) {
            return;
        }
        const note = document.getElementById(select.getAttribute("aria-describedby"));
        select.value = select.dataset.before;
        if (error.status === 400) {
            select.setAttribute("aria-invalid", "true");
            note.querySelector("span").textContent = error.message;
            note.hidden = false;
            note.setAttribute("role", "alert");
        }
    }
}

/** Links with `data-dialog` open their dialog here instead of on a page of their own. */
export class TeamDialogs extends Interaction {
    static selector = ".o_b2b_team";
    dynamicContent = {
        "[data-dialog]": { "t-on-click": this.onOpen },
        "a.o_b2b_dialog_close": { "t-on-click": (ev) => ev.preventDefault() },
    };

    start() {
        const open = this.el.querySelector("dialog[open]");
        if (open) {
            open.close();
            this.show(open);
        }
    }

    onOpen(ev) {
        const dialog = document.getElementById(ev.currentTarget.dataset.dialog);
        if (dialog && !ev.ctrlKey && !ev.metaKey) {
            ev.preventDefault();
            this.show(dialog);
        }
    }

    show(dialog) {
        dialog.showModal();
        const refused = dialog.querySelector("[aria-invalid='true']");
        (refused || dialog.querySelector("input[type='text'], select"))?.focus();
    }
}

/** A form that came back with sentences starts at the first of them. */
export class RefusedForm extends Interaction {
    static selector = ".o_b2b_form_card";

    start() {
        this.el.querySelector("[aria-invalid='true'], .o_b2b_changed")?.focus();
    }
}

/** States of the chosen country only. */
export class AddressStates extends Interaction {
    static selector = ".o_b2b_address_form, .o_b2b_new_address_body";
    dynamicContent = {
        "select[name='country_id']": { "t-on-change": this.update },
    };

    start() {
        this.update();
    }

    update() {
        const country = this.el.querySelector("select[name='country_id']")?.value;
        const field = this.el.querySelector("[data-states]");
        if (!field) {
            return;
        }
        const select = field.querySelector("select");
        this.states ||= [...select.querySelectorAll("option[data-country]")];
        const fitting = this.states.filter((el) => el.dataset.country === country);
        const chosen = select.value;
        select.replaceChildren(select.options[0], ...fitting);
        select.value = fitting.some((el) => el.value === chosen) ? chosen : "";
        field.hidden = !fitting.length;
    }
}

const interactions = registry.category("public.interactions");
interactions.add("b2b_portal.team_people", TeamPeople);
interactions.add("b2b_portal.team_dialogs", TeamDialogs);
interactions.add("b2b_portal.refused_form", RefusedForm);
interactions.add("b2b_portal.address_states", AddressStates);
