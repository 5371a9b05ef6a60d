import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { debounce } from "@web/core/utils/timing";
import { post } from "../core/portal";

const DELAY = 150;
const LEAST = 2;

/** The row in which an article is typed or scanned; suggests while typing. */
export class QuickEntry extends Component {
    static template = "b2b_portal.QuickEntry";
    static props = { onEntry: Function };

    setup() {
        this.code = useRef("code");
        this.qty = useRef("qty");
        this.state = useState({ hits: [], at: -1, product: 0 });
        this.asked = 0;
        this.suggest = debounce(() => this.ask(), DELAY);
        onMounted(() => this.begin());
    }

    /** Who opened the page types at once; on a phone no keyboard covers it. */
    begin() {
        const free = document.activeElement === document.body;
        if (free && window.matchMedia("(hover: hover) and (pointer: fine)").matches) {
            this.code.el.focus({ preventScroll: true });
        }
    }

    onInput() {
        this.state.product = 0;
        this.suggest();
    }

    async ask() {
        const text = this.code.el.value.trim();
        const turn = ++this.asked;
        if (text.length < LEAST) {
            this.close();
            return;
        }
        try {
            const { hits } = await post("/trade/quick-order/suggest", { text });
            if (turn === this.asked) {
                Object.assign(this.state, { hits, at: -1 });
            }
        } catch {
            // Suggestions are a help; the row itself tells what is wrong.
            this.close();
        }
    }

    close() {
        this.asked += 1;
        Object.assign(this.state, { hits: [], at: -1 });
    }

    onKey(ev) {
        const { hits, at } = this.state;
        if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
            if (hits.length) {
                ev.preventDefault();
                const step = ev.key === "ArrowDown" ? 1 : -1;
                this.state.at = (at + step + hits.length) % hits.length;
            }
        } else if (ev.key === "Escape" && hits.length) {
            ev.stopPropagation();
            this.close();
        } else if (ev.key === "Escape" && !this.code.el.value) {
            this.code.el.blur(); // the keys of the page work again
        } else if (ev.key === "Enter" && !ev.ctrlKey && !ev.metaKey) {
            ev.preventDefault();
            at >= 0 ? this.choose(hits[at]) : this.enter();
        }
    }

    choose(hit) {
        this.code.el.value = hit.code || hit.name;
        this.state.product = hit.id;
        this.close();
        this.qty.el.focus();
    }

    onQtyKey(ev) {
        if (ev.key === "Enter" && !ev.ctrlKey && !ev.metaKey) {
            ev.preventDefault();
            this.enter();
        }
    }

    enter() {
        const code = this.code.el.value.trim();
        if (!code) {
            this.code.el.focus();
            return;
        }
        const qty = this.qty.el.value.trim() || null;
        this.props.onEntry({ code, qty, product: this.state.product });
        this.code.el.value = "";
        this.qty.el.value = "";
        this.state.product = 0;
        this.close();
        this.code.el.focus();
    }
}
