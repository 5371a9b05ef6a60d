import { failed, post, refreshPage, root, toast } from "@b2b_portal/core/portal";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/**
 * The matrix of roles: changes collect in the dock with the people they concern, one
 * button saves them all. What is not saved survives a reload of the tab.
 */
export class TeamRoles extends Interaction {
    static selector = ".o_b2b_roles";
    dynamicContent = {
        "input[data-role]": {
            "t-on-change": this.onEdit,
            "t-on-input": this.onEdit,
        },
        _document: { "t-on-keydown": this.onKey },
    };

    setup() {
        this.inputs = [...this.el.querySelectorAll("input[data-role]")];
        this.dock = document.querySelector(".o_b2b_roles_dock");
        this.invite = document.querySelector(".o_b2b_invite_open");
        this.kept = `b2b.roles.${root().dataset.seatId}`;
        this.saving = false;
    }

    start() {
        this.restore(JSON.parse(sessionStorage.getItem(this.kept) || "{}"));
        const { dock } = this;
        this.addListener(dock.querySelector(".o_b2b_roles_discard"), "click", () =>
            this.discard()
        );
        this.addListener(dock.querySelector(".o_b2b_roles_save"), "click", () => this.save());
    }

    // -- what was changed -------------------------------------------------------

    key(input) {
        return `${input.dataset.role}/${input.dataset.name}`;
    }

    now(input) {
        return input.type === "checkbox" ? input.checked : input.value.trim();
    }

    before(input) {
        return input.type === "checkbox" ? input.defaultChecked : input.defaultValue;
    }

    get changed() {
        return this.inputs.filter((input) => this.now(input) !== this.before(input));
    }

    put(input, value) {
        if (input.type === "checkbox") {
            input.checked = Boolean(value);
        } else {
            input.value = value;
        }
    }

    restore(values) {
        for (const input of this.inputs) {
            if (this.key(input) in values) {
                this.put(input, values[this.key(input)]);
            }
        }
        this.show();
    }

    onEdit() {
        this.refuse("");
        this.show();
    }

    show() {
        const { changed, dock } = this;
        for (const input of this.inputs) {
            input.closest("td, th").classList.toggle("is-changed", changed.includes(input));
            if (input.dataset.of) {
                input.parentElement.classList.toggle("is-idle", !this.right(input));
            }
        }
        const kept = Object.fromEntries(changed.map((el) => [this.key(el), this.now(el)]));
        sessionStorage.setItem(this.kept, JSON.stringify(kept));
        dock.hidden = !changed.length;
        this.invite?.classList.toggle("o_b2b_btn_main", !changed.length);
        if (!changed.length) {
            return;
        }
        dock.querySelector(".o_b2b_roles_count").textContent =
            changed.length === 1
                ? _t("1 unsaved change")
                : _t("%s unsaved changes", changed.length);
        dock.querySelector(".o_b2b_roles_text").replaceChildren(...this.words(changed));
    }

    /** Whether the right that an amount limits is on. */
    right(input) {
        const { role, of } = input.dataset;
        return this.inputs.some(
            (el) => el.dataset.role === role && el.dataset.name === of && el.checked
        );
    }

    words(changed) {
        const nodes = [];
        const roles = new Set(changed.map((input) => input.dataset.role));
        for (const id of roles) {
            const head = this.el.querySelector(`th[data-role="${CSS.escape(id)}"]`);
            const mine = changed.filter((input) => input.dataset.role === id);
            nodes.push(nodes.length ? " · " : "", `“${head.dataset.name}”: `);
            mine.slice(0, 4).forEach((input, index) => {
                const label = document.createElement("strong");
                label.textContent = input.dataset.label || _t("Name");
                nodes.push(index ? ", " : "", label, ` ${this.state(input)}`);
            });
            if (mine.length > 4) {
                nodes.push(_t(" and %s more", mine.length - 4));
            }
            const people = head.dataset.people || _t("nobody yet");
            nodes.push(" · ", _t("concerns %s", people));
        }
        return nodes;
    }

    state(input) {
        if (input.type === "checkbox") {
            return input.checked ? _t("on") : _t("off");
        }
        if (input.dataset.name === "name") {
            return `“${this.now(input)}”`;
        }
        return input.value.trim() || _t("no limit");
    }

    // -- keys and buttons --------------------------------------------------------

    onKey(ev) {
        if (!this.changed.length) {
            return;
        }
        if ((ev.ctrlKey || ev.metaKey) && ev.key.toLowerCase() === "s") {
            ev.preventDefault();
            this.save();
        } else if (ev.key === "Escape" && !ev.defaultPrevented && !this.floating) {
            ev.preventDefault();
            const { target } = ev;
            if (this.inputs.includes(target) && this.now(target) !== this.before(target)) {
                this.put(target, this.before(target));
                this.onEdit();
            } else {
                this.discard();
            }
        }
    }

    get floating() {
        return document.querySelector("dialog[open], details.o_b2b_drop[open]");
    }

    discard() {
        const { changed } = this;
        const values = Object.fromEntries(changed.map((el) => [this.key(el), this.now(el)]));
        changed.forEach((input) => this.put(input, this.before(input)));
        this.refuse("");
        this.show();
        const text = changed.length === 1 ? _t("1 change discarded") : null;
        toast(text || _t("%s changes discarded", changed.length), {
            action: { label: _t("Undo"), run: () => this.restore(values) },
        });
    }

    async save() {
        if (this.saving || !this.changed.length) {
            return;
        }
        this.busy(true);
        const changes = {};
        for (const input of this.changed) {
            const { role, name } = input.dataset;
            changes[role] ||= {};
            changes[role][name] = this.now(input);
        }
        try {
            const { text } = await this.waitFor(post("/trade/team/roles", { changes }));
            sessionStorage.removeItem(this.kept);
            toast(text);
            await refreshPage(this.services["public.interactions"]);
        } catch (error) {
            this.busy(false);
            if (error.status === 400) {
                this.refuse(error.message);
            } else {
                failed(error, { kept: _t("Your changes are still here.") });
            }
        }
    }

    busy(on) {
        this.saving = on;
        const button = this.dock.querySelector(".o_b2b_roles_save");
        button.toggleAttribute("aria-busy", on);
        if (on) {
            button.setAttribute("aria-busy", "true");
        }
    }

    refuse(text) {
        const note = this.dock.querySelector(".o_b2b_roles_error");
        note.hidden = !text;
        note.querySelector("span").textContent = text;
    }
}

registry.category("public.interactions").add("b2b_portal.team_roles", TeamRoles);
