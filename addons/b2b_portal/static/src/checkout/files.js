import { failed, quantity, replaceMarkup, root, toast } from "@b2b_portal/core/portal";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const MEGABYTE = 1000000;

/** A refusal in one sentence, or what became of the connection. */
class FileError extends Error {}

/**
 * Files at checkout: sent one by one as soon as they are chosen or dropped, each with
 * an answer of its own; removed with Undo. Without it a button sends the form.
 */
export class CheckoutFiles extends Interaction {
    static selector = ".o_b2b_files";
    dynamicContent = {
        _root: {
            "t-on-dragover.prevent": () => this.el.classList.add("is-over"),
            "t-on-dragleave": () => this.el.classList.remove("is-over"),
            "t-on-drop.prevent": this.onDrop,
        },
        "#b2b_file": { "t-on-change": this.onChoose },
        ".o_b2b_file_list": { "t-on-click": this.onList },
    };

    setup() {
        this.list = this.el.querySelector(".o_b2b_file_list");
        this.input = this.el.querySelector("#b2b_file");
        this.problem = this.el.querySelector("#b2b_file_problem");
        this.busy = this.el.querySelector(".o_b2b_file_busy");
        this.queue = Promise.resolve();
    }

    start() {
        this.input.multiple = true;
        this.el.classList.add("is-live");
    }

    onChoose() {
        this.send([...this.input.files]);
        this.input.value = "";
    }

    onDrop(ev) {
        this.el.classList.remove("is-over");
        this.send([...ev.dataTransfer.files]);
    }

    /** One after the other: two at once would wait for each other on the server. */
    send(files) {
        this.queue = this.queue.then(() => this.sendAll(files));
        return this.queue;
    }

    async sendAll(files) {
        const refused = [];
        this.tell("");
        for (const file of files) {
            this.busy.textContent = _t("“%s” is being sent …", file.name);
            try {
                this.show(await this.sendOne(file));
            } catch (error) {
                if (!(error instanceof FileError)) {
                    throw error;
                }
                refused.push(error.message);
            }
        }
        this.busy.textContent = "";
        this.tell(refused.join("\n"));
    }

    async sendOne(file) {
        if (file.size > Number(this.el.dataset.bytes)) {
            throw new FileError(
                _t(
                    "“%(name)s” has %(size)s MB; a file may have %(limit)s MB.",
                    {
                        name: file.name,
                        size: quantity(Math.round((10 * file.size) / MEGABYTE) / 10),
                        limit: this.el.dataset.megabytes,
                    }
                )
            );
        }
        return this.post("/trade/checkout/files", { file });
    }

    async onList(ev) {
        const button = ev.target.closest(".o_b2b_file_remove");
        if (!button) {
            return;
        }
        ev.preventDefault();
        const file = button.dataset.file;
        this.tell("");
        try {
            const answer = await this.post(`/trade/checkout/files/${file}/remove`);
            this.show(answer);
            this.input.focus();
            toast(_t("%s was removed.", answer.removed), {
                action: { label: _t("Undo"), run: () => this.restore(file) },
            });
        } catch (error) {
            this.report(error);
        }
    }

    async restore(file) {
        try {
            this.show(await this.post(`/trade/checkout/files/${file}/restore`));
        } catch (error) {
            this.report(error);
        }
    }

    report(error) {
        if (!(error instanceof FileError)) {
            throw error;
        }
        failed({ message: error.message, status: 400 });
    }

    /** Post a form as the page itself would, for an answer in JSON. */
    async post(url, values = {}) {
        const data = new FormData(document.getElementById("o_b2b_file_form"));
        for (const [name, value] of Object.entries(values)) {
            data.set(name, value);
        }
        let response, body;
        try {
            response = await fetch(url, {
                method: "POST",
                headers: { Accept: "application/json" },
                body: data,
            });
        } catch {
            throw new FileError(_t("Not saved: %s.", _t("no connection")));
        }
        if (response.redirected) {
            throw new FileError(_t("You were logged out; load the page again."));
        }
        try {
            body = await response.json();
        } catch {
            throw new FileError(_t("Not saved: %s.", _t("the server did not answer")));
        }
        if (!response.ok) {
            throw new FileError(body.error);
        }
        return body;
    }

    show(answer) {
        if (!this.isDestroyed && root()) {
            replaceMarkup(this.list, answer.html);
            this.el.querySelector(".o_b2b_file_undo")?.remove();
        }
    }

    tell(text) {
        this.problem.hidden = !text;
        this.problem.querySelector("span").textContent = text;
    }
}

registry.category("public.interactions").add("b2b_portal.checkout_files", CheckoutFiles);
