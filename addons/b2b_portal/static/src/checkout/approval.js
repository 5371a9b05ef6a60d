import { failed, post } from "@b2b_portal/core/portal";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const NEWS = 20000;

/** Whether single letters are off: while typing, or by preference. */
function silent(ev) {
    const typing = ev.target.closest("input, textarea, select, [contenteditable]");
    return (
        (typing && typing.type !== "checkbox") ||
        ev.ctrlKey ||
        ev.metaKey ||
        ev.altKey ||
        document.querySelector(".o_b2b_keys_off")?.checked
    );
}

/** `a`, `b` and `r` focus the decision, Enter decides: one key never decides alone. */
export class Approval extends Interaction {
    static selector = ".o_b2b_decide";
    dynamicContent = {
        _document: { "t-on-keydown": this.onKey },
        _root: { "t-on-submit": this.onSubmit },
    };

    start() {
        this.el.querySelector("[aria-invalid='true']")?.focus();
    }

    onKey(ev) {
        if (silent(ev)) {
            return;
        }
        const button = this.el.querySelector(`[data-key="${CSS.escape(ev.key)}"]`);
        if (button) {
            ev.preventDefault();
            button.focus();
        }
    }

    onSubmit(ev) {
        if (this.sent) {
            ev.preventDefault();
        }
        this.sent = true;
        this.waitForTimeout(() => (this.sent = false), 20000);
    }
}

/** The list: `j` and `k` move, `x` chooses; what was decided elsewhere turns grey. */
export class ApprovalList extends Interaction {
    static selector = "form.o_b2b_approval_list";
    dynamicContent = {
        _document: { "t-on-keydown": this.onKey },
        ".o_b2b_approval_box input": { "t-on-change": this.count },
        ".o_b2b_batch_all": { "t-on-change": this.chooseAll },
    };

    start() {
        this.boxes = [...this.el.querySelectorAll(".o_b2b_approval_box input")];
        this.all = this.el.querySelector(".o_b2b_batch_all");
        if (this.all) {
            this.all.hidden = false;
            this.count();
        }
        if (document.querySelector(".o_b2b_decide")) {
            this.ask();
        }
    }

    get rows() {
        return [...this.el.querySelectorAll(".o_b2b_approval_row")];
    }

    onKey(ev) {
        if (silent(ev) || !["j", "k", "x"].includes(ev.key)) {
            return;
        }
        const rows = this.rows;
        const focused = rows.findIndex((row) => row.contains(document.activeElement));
        const current = rows.findIndex((row) => row.classList.contains("is-current"));
        const at = focused >= 0 ? focused : current;
        if (ev.key === "x") {
            const box = rows[at]?.querySelector("input[type=checkbox]");
            if (box) {
                box.checked = !box.checked;
                this.count();
            }
        } else {
            const next = at + (ev.key === "j" ? 1 : -1);
            const index = Math.max(0, Math.min(rows.length - 1, next));
            rows[index]?.querySelector("a").focus();
        }
        ev.preventDefault();
    }

    chooseAll() {
        for (const box of this.boxes) {
            box.checked = this.all.checked && !box.disabled;
        }
        this.count();
    }

    count() {
        const chosen = this.boxes.filter((box) => box.checked).length;
        this.el.querySelector(".o_b2b_batch_count").textContent = chosen
            ? _t("%(chosen)s of %(all)s chosen", { chosen, all: this.boxes.length })
            : _t("Choose several");
        for (const button of this.el.querySelectorAll(".o_b2b_batch_bar button")) {
            button.hidden = !chosen;
            button.textContent =
                button.value === "approve"
                    ? _t("Approve %s", chosen)
                    : _t("Refuse %s", chosen);
        }
        this.all.checked = Boolean(chosen) && chosen === this.boxes.length;
        this.all.indeterminate = Boolean(chosen) && chosen < this.boxes.length;
    }

    ask() {
        this.waitForTimeout(async () => {
            const orders = this.rows.map((row) => Number(row.dataset.order));
            try {
                const { gone } = await this.waitFor(
                    post("/trade/approvals/news", { orders })
                );
                gone.forEach((item) => this.grey(item));
            } catch {
                // Offline or signed out: the next decision says so.
            }
            this.ask();
        }, NEWS);
    }

    grey({ id, text }) {
        for (const el of document.querySelectorAll(`[data-order="${id}"]`)) {
            el.classList.add("is-gone");
            const box = el.querySelector(".o_b2b_approval_box input");
            if (box) {
                box.checked = false;
                box.disabled = true;
            }
            const note =
                el.querySelector(".o_b2b_gone") ||
                el.querySelector(".o_b2b_approval_reason");
            note.textContent = text;
            note.hidden = false;
            el.querySelector(".o_b2b_decide")?.remove();
        }
    }
}

/** Ten seconds to undo: the page counts down, then lets the decision count. */
export class ApprovalNotice extends Interaction {
    static selector = ".o_b2b_notices[data-sent]:not([data-sent=''])";

    start() {
        this.left = Number(this.el.dataset.seconds);
        this.tick();
    }

    tick() {
        const words = this.el.querySelector(".o_b2b_undo_left");
        words.textContent = _t("counts in %s s", this.left);
        if (this.left <= 0) {
            this.commit();
            return;
        }
        this.left -= 1;
        this.waitForTimeout(() => this.tick(), 1000);
    }

    async commit() {
        this.el.querySelector(".o_b2b_undo").hidden = true;
        try {
            const { notices } = await this.waitFor(
                post("/trade/approvals/commit", { sent: this.el.dataset.sent })
            );
            if (notices.some((notice) => notice.state === "pending")) {
                this.left = 1;
                this.waitForTimeout(() => this.tick(), 1000);
                return;
            }
            for (const notice of notices) {
                const line = this.el.querySelector(`[data-notice="${notice.id}"]`);
                line.firstChild.textContent = `${notice.text} `;
                line.classList.toggle("is-bad", notice.state === "failed");
            }
        } catch (error) {
            failed(error, { retry: () => this.commit() });
        }
    }
}

registry.category("public.interactions").add("b2b_portal.approval", Approval);
registry.category("public.interactions").add("b2b_portal.approval_list", ApprovalList);
registry
    .category("public.interactions")
    .add("b2b_portal.approval_notice", ApprovalNotice);
