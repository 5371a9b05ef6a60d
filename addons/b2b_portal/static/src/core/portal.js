import { _t } from "@web/core/l10n/translation";

/** The wrapper of every trade page; it carries seat, cart, currency and language. */
export function root() {
    return document.querySelector(".o_b2b[data-seat-id]");
}

/** A refusal of the server: one sentence and its status (0: no connection). */
export class TradeError extends Error {
    constructor(message, status) {
        super(message);
        this.status = status;
    }
}

/** How buttons call the page's cart; empty for the one without a name. */
export function cartName() {
    return root().dataset.cartName || "";
}

/**
 * Call a JSON route for the seat and the cart this page was made for.
 *
 * @param {string} url
 * @param {Object} params
 */
export async function post(url, params = {}) {
    let response;
    try {
        response = await fetch(url, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({
                jsonrpc: "2.0",
                method: "call",
                id: Date.now(),
                params: {
                    seat_id: Number(root()?.dataset.seatId),
                    cart_id: Number(root()?.dataset.cartId || 0),
                    ...params,
                },
            }),
        });
    } catch {
        throw new TradeError(_t("no connection"), 0);
    }
    let body;
    try {
        body = await response.json();
    } catch {
        throw new TradeError(_t("the server did not answer"), response.status || 500);
    }
    if (body.error) {
        if (body.error.code === 100) {
            throw new TradeError(_t("you were logged out; load the page again"), 401);
        }
        throw new TradeError(
            body.error.data?.status ? body.error.message : _t("it did not work here"),
            body.error.data?.status || 500
        );
    }
    return body.result;
}

/** Rows of one call to the cart; the server takes no more. */
export const BATCH = 500;

/**
 * Set quantities of the page's cart, some hundreds at a time.
 *
 * @param {[number, number][]} lines product id and quantity, 0 takes it out
 * @returns {Promise<{results: Object[], bar: Object}>}
 */
export async function setLines(lines) {
    const all = { results: [], bar: null };
    for (let start = 0; start < lines.length; start += BATCH) {
        const part = lines.slice(start, start + BATCH);
        const answer = await post("/trade/cart/set", { lines: part });
        all.results.push(...answer.results);
        all.bar = answer.bar;
    }
    return all;
}

let moneyFormat;
/** Money in the page's currency and language, with a true minus sign. */
export function money(amount) {
    if (!moneyFormat) {
        const { lang, currency } = root().dataset;
        moneyFormat = new Intl.NumberFormat(lang, {
            style: "currency",
            currency,
            currencyDisplay: "symbol",
        });
    }
    return moneyFormat.format(amount).replace("-", "−");
}

let quantityFormat;
/** A quantity: decimals only where there are some. */
export function quantity(value) {
    quantityFormat ||= new Intl.NumberFormat(root().dataset.lang, {
        maximumFractionDigits: 3,
    });
    return quantityFormat.format(value).replace("-", "−");
}

// -- toasts ---------------------------------------------------------------------

const SHOWN = 6000;
/** How often toasts look for docks, which come and go below them. */
const LOOK = 250;
const ABOVE_DOCK = 12;
/** Docks that end higher above the lower edge than tabs of phones are in nobody's way. */
const LOW = 130;

let looking;
/** Toasts stand above any dock at the lower edge, whatever page it belongs to. */
function placeToasts(box) {
    clearTimeout(looking);
    const low = [...document.querySelectorAll(".o_b2b_dock, .o_b2b_checkout_dock")]
        .filter((dock) => dock.checkVisibility())
        .map((dock) => dock.getBoundingClientRect())
        .filter(({ top, bottom }) => top < innerHeight && bottom > innerHeight - LOW);
    const top = Math.min(...low.map((place) => place.top));
    box.style.bottom = low.length ? `${innerHeight - top + ABOVE_DOCK}px` : "";
    if (box.isConnected && box.childElementCount) {
        looking = setTimeout(() => placeToasts(box), LOOK);
    }
}

/**
 * A short message bottom left. Stays while the pointer or the focus is on it;
 * a failure stays until it is closed.
 *
 * @param {string} text
 * @param {{bad?: boolean, action?: {label: string, run: Function}}} options
 */
export function toast(text, { bad = false, action } = {}) {
    const box = document.querySelector(".o_b2b_toasts");
    if (!box) {
        return;
    }
    const el = document.createElement("div");
    el.className = `o_b2b_toast${bad ? " is-bad" : ""}`;
    const icon = document.createElement("i");
    icon.className = `fa ${bad ? "fa-exclamation-circle" : "fa-check"}`;
    icon.setAttribute("aria-hidden", "true");
    const words = document.createElement("span");
    words.textContent = text;
    el.append(icon, words);
    let timer;
    const close = () => {
        clearTimeout(timer);
        el.remove();
    };
    const add = (label, run) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = label;
        button.addEventListener("click", () => {
            close();
            run?.();
        });
        el.append(button);
    };
    if (action) {
        add(action.label, action.run);
    }
    if (bad) {
        add(_t("Close"));
    } else {
        const start = () => (timer = setTimeout(close, SHOWN));
        const stop = () => clearTimeout(timer);
        for (const [event, run] of [
            ["mouseenter", stop],
            ["focusin", stop],
            ["mouseleave", start],
            ["focusout", start],
        ]) {
            el.addEventListener(event, run);
        }
        start();
    }
    box.append(el);
    placeToasts(box);
    while (box.children.length > 3) {
        box.firstElementChild.remove();
    }
}

/** Say that something failed, and what is kept. */
export function failed(error, { kept = "", retry } = {}) {
    const text =
        error.status === 409 || error.status === 403 || error.status === 400
            ? error.message
            : _t("Not saved: %s.", error.message);
    const reload = { label: _t("Load again"), run: () => location.reload() };
    const again = retry && { label: _t("Try again"), run: retry };
    toast(kept ? `${text} ${kept}` : text, {
        bad: true,
        action: error.status === 409 || error.status === 401 ? reload : again,
    });
}

const LATER = "b2b.toast";
/** Keep a toast for the page that is loaded next. */
export function toastLater(text, undo) {
    sessionStorage.setItem(LATER, JSON.stringify({ text, undo }));
}

export function takeToast() {
    const kept = sessionStorage.getItem(LATER);
    sessionStorage.removeItem(LATER);
    return kept && JSON.parse(kept);
}

// -- the bar and the page ---------------------------------------------------------

/** Show new cart figures in bar and tabs; the first line makes the page's cart. */
export function updateBar(bar) {
    root().dataset.cartId = bar.cart_id;
    for (const input of document.querySelectorAll(".o_b2b input[name=cart_id]")) {
        input.value = bar.cart_id;
    }
    const set = (selector, text) => {
        for (const el of document.querySelectorAll(selector)) {
            el.textContent = text;
        }
    };
    set(".o_b2b_bar_total", bar.total);
    set(".o_b2b_bar_lines", bar.lines);
    const tab = document.querySelector(".o_b2b_tab_cart");
    if (tab) {
        tab.textContent = bar.count ? `${_t("Cart")} · ${bar.count}` : _t("Cart");
    }
}

/** Replace a part of the page by markup of our own server. */
export function replaceMarkup(el, html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    el.replaceChildren(template.content);
}

/** Load the page again without leaving it: scroll, toasts and its cart stay. */
export async function refreshPage(interactions) {
    const url = new URL(location.href);
    if (Number(root().dataset.cartId)) {
        url.searchParams.set("cart_id", root().dataset.cartId);
    }
    const response = await fetch(url, { headers: { Accept: "text/html" } });
    if (!response.ok || response.redirected) {
        location.reload();
        return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector(".o_b2b[data-seat-id]");
    const old = root();
    if (!fresh || fresh.dataset.seatId !== old.dataset.seatId) {
        location.reload();
        return;
    }
    const toasts = old.querySelector(".o_b2b_toasts");
    fresh.querySelector(".o_b2b_toasts").replaceWith(toasts);
    interactions.stopInteractions(old);
    old.replaceWith(document.adoptNode(fresh));
    moneyFormat = undefined;
    interactions.startInteractions(fresh);
}
