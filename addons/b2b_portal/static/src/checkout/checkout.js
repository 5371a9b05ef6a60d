import { failed, post, toast, updateBar } from "@b2b_portal/core/portal";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const WAIT = 350;
const MAIN = ".o_b2b_summary_button";
const SENDING_AGAIN_AFTER = 20000;

/**
 * Keeps what is typed on the cart and lets the sum, the findings and the words of the
 * main button follow the gate's answer. Without it the form works all the same.
 */
export class Checkout extends Interaction {
    static selector = ".o_b2b_checkout_form";
    dynamicContent = {
        _root: {
            "t-on-change": this.onChange,
            "t-on-input": this.onInput,
            "t-on-submit": this.onSubmit,
        },
        ".o_b2b_more_button": { "t-on-click": this.onMore },
        ".o_b2b_change": { "t-on-click": this.onChangeChoice },
    };

    setup() {
        this.form = this.el;
        this.sent = false;
        // One update at a time: two at once would wait for each other on the server.
        this.running = null;
        this.again = false;
        this.later = this.debounced(this.update, WAIT);
    }

    start() {
        this.showAll();
        // Something is proposed that is not on the cart yet, such as a delivery method.
        // A page that says why nothing was sent stays as it is until somebody acts.
        const pressed = this.form.dataset.pressed;
        if (!pressed && this.form.querySelector("[data-settle]")) {
            this.update();
        }
        if (pressed) {
            const stop = this.form.querySelector(
                "[aria-invalid='true'], .o_b2b_field_error[tabindex], .o_b2b_changed, .o_b2b_finding_bad, .o_b2b_finding_warn"
            );
            stop?.focus({ preventScroll: false });
        }
        // A page that comes back from the browser's memory may be sent again: the
        // server knows its token.
        this.addListener(window, "pageshow", () => this.release());
        this.addListener(document, "keydown", (ev) => {
            if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey)) {
                ev.preventDefault();
                this.form.requestSubmit();
            }
        });
    }

    get values() {
        const data = {};
        const keys = ["csrf_token", "seat_id", "token", "cart_id", "seen", "file"];
        for (const [name, value] of new FormData(this.form)) {
            if (!keys.includes(name)) {
                data[name] = value;
            }
        }
        return data;
    }

    onInput(ev) {
        if (ev.target.form === this.form && ["text", "search"].includes(ev.target.type)) {
            this.later();
        }
    }

    onChange(ev) {
        if (ev.target.matches(".o_b2b_ack_all")) {
            for (const tick of this.singleTicks(ev.target)) {
                tick.checked = ev.target.checked;
            }
        }
        this.showAll();
        if (ev.target.name === "address_id") {
            this.showPoints(ev.target.dataset.place);
        }
        if (ev.target.form === this.form && !["text", "file"].includes(ev.target.type)) {
            this.update();
        }
    }

    /** The delivery points of the chosen address, those of others are out of sight. */
    showPoints(place) {
        for (const el of this.form.querySelectorAll(".o_b2b_point")) {
            el.hidden = el.dataset.place !== place;
        }
    }

    singleTicks(all) {
        return [...all.closest(".o_b2b_finding").querySelectorAll("[name^='ack_']")];
    }

    /** One tick for many warnings; it shows what the single ones say. */
    showAll() {
        for (const all of this.form.querySelectorAll(".o_b2b_ack_all")) {
            const ticked = this.singleTicks(all).map((tick) => tick.checked);
            all.checked = ticked.every(Boolean);
            all.indeterminate = !all.checked && ticked.some(Boolean);
            all.closest("label").hidden = false;
        }
    }

    onMore(ev) {
        this.form
            .querySelectorAll(".o_b2b_more_choice")
            .forEach((el) => el.classList.remove("o_b2b_more_choice"));
        ev.currentTarget.remove();
        this.form.querySelector("input[name='address_id']:checked")?.focus();
    }

    /** Phones show what is chosen; this shows what else there is. */
    onChangeChoice(ev) {
        const choices = ev.currentTarget.parentElement.querySelector(".o_b2b_choices");
        choices.classList.add("is-open");
        ev.currentTarget.remove();
        choices.querySelector("input:checked")?.focus();
    }

    /** One click, one order: the second one finds the button busy. */
    async onSubmit(ev) {
        if (this.sent) {
            ev.preventDefault();
            return;
        }
        this.later.cancel();
        this.again = false;
        if (this.running) {
            ev.preventDefault();
            await this.waitFor(this.running);
            this.form.requestSubmit();
            return;
        }
        if (!navigator.onLine) {
            // The browser would show its own page in the place of this one.
            ev.preventDefault();
            toast(_t("Not sent: no connection. Nothing is lost; send it again when it is back."), {
                bad: true,
            });
            return;
        }
        this.sent = true;
        for (const button of this.form.querySelectorAll("button[type='submit']")) {
            button.setAttribute("aria-busy", "true");
        }
        this.waitForTimeout(() => this.release(), SENDING_AGAIN_AFTER);
    }

    release() {
        this.sent = false;
        for (const button of this.form.querySelectorAll("[aria-busy]")) {
            button.removeAttribute("aria-busy");
        }
    }

    async update() {
        if (this.running) {
            this.again = true;
            return;
        }
        this.running = this.ask();
        await this.waitFor(this.running);
        this.running = null;
        if (this.again) {
            this.again = false;
            await this.update();
        }
    }

    /** Ask the server; what fails is told and never thrown. */
    async ask() {
        const field = (name) => this.form.elements[name];
        const params = {
            seat_id: Number(field("seat_id").value),
            cart_id: Number(field("cart_id").value),
            seen: field("seen").value,
            form: this.values,
        };
        try {
            const answer = await post("/trade/checkout/update", params);
            if (!this.isDestroyed && !this.sent) {
                this.show(answer);
            }
        } catch (error) {
            failed(error, { kept: _t("What you typed is still here.") });
        }
    }

    show(answer) {
        const active = document.activeElement;
        const inSummary = active?.closest?.(".o_b2b_summary");
        const kept = active?.name && inSummary ? active : null;
        const part = active?.closest?.("[data-section]")?.dataset.section;
        const inSection = active?.name && answer.sections[part] ? active : null;
        const where = kept && [kept.name, kept.value, kept.selectionStart];
        const summary = this.form.querySelector(".o_b2b_summary");
        const ticks = [...summary.querySelectorAll("[name^='ack_']")];
        summary.innerHTML = answer.summary;
        // What was ticked while the server answered stays ticked.
        for (const { name, checked } of ticks) {
            const tick = this.form.elements[name];
            if (tick) {
                tick.checked = checked;
            }
        }
        this.showAll();
        this.form.elements.seen.value = answer.seen;
        updateBar(answer.bar);
        for (const total of this.form.querySelectorAll(".o_b2b_dock_total")) {
            total.textContent = answer.total;
        }
        for (const button of this.form.querySelectorAll(
            ".o_b2b_checkout_dock button[type='submit']"
        )) {
            button.textContent = answer.button;
        }
        this.showErrors(answer.errors);
        for (const [key, html] of Object.entries(answer.sections)) {
            const section = this.form.querySelector(
                `[data-section="${CSS.escape(key)}"]`
            );
            if (section) {
                section.innerHTML = html;
            }
        }
        if (inSection) {
            this.focusAgain(inSection);
        }
        this.updateContent();
        if (where) {
            const again = this.form.elements[where[0]];
            if (again) {
                again.value = where[1];
                again.focus();
                if (where[2] !== null) {
                    again.setSelectionRange(where[2], where[2]);
                }
            }
        }
        if (inSummary && !summary.contains(document.activeElement)) {
            // The warning went with its tick: the keyboard goes on with what is left.
            const left = ".o_b2b_ack_all, [name^='ack_']:not(:checked)";
            const next = summary.querySelector(left) || summary.querySelector(MAIN);
            next?.focus({ preventScroll: true });
        }
    }

    /** The input that had the focus, in a section that was drawn anew. */
    focusAgain({ name, value, type }) {
        const same = [...this.form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
        const again = type === "radio" ? same.find((el) => el.value === value) : same[0];
        again?.focus({ preventScroll: true });
    }

    showErrors(errors) {
        for (const input of this.form.querySelectorAll("[aria-describedby$='_error']")) {
            if (input.form !== this.form) {
                continue; // inputs of a new address are sent by a form of their own
            }
            const text = errors[input.name];
            const note = document.getElementById(input.getAttribute("aria-describedby"));
            input.toggleAttribute("aria-invalid", Boolean(text));
            if (text) {
                input.setAttribute("aria-invalid", "true");
            }
            if (note) {
                note.hidden = !text;
                note.querySelector("span").textContent = text || "";
            }
        }
    }
}

registry.category("public.interactions").add("b2b_portal.checkout", Checkout);
