import { _t } from "@web/core/l10n/translation";
import { cartName, quantity } from "../core/portal";

/** Sentences of the quick order page; the ones about a row come from the server. */

export function tabWords() {
    return {
        need: [_t("Need you"), _t("stay here until mended")],
        corrected: [_t("Corrected"), _t("packs, blanks, letter case")],
        merged: [_t("Merged"), _t("same article, quantities added")],
        ready: [_t("Ready as typed"), _t("in your catalog")],
    };
}

function letter(place) {
    return String.fromCharCode(65 + (place % 26));
}

export function columnWords([code, qty]) {
    return qty < 0
        ? _t("code in column %s, no quantities", letter(code))
        : _t("code in column %s, quantity in column %s", letter(code), letter(qty));
}

/** Columns to choose from, with what stands in them. */
export function places(sample) {
    const width = Math.max(1, ...sample.map((cells) => cells.length));
    return Array.from({ length: width }, (_, value) => {
        const seen = sample.map((cells) => cells[value]).filter(Boolean);
        const words = seen.slice(0, 2).join(", ").slice(0, 40);
        return { value, label: words ? `${letter(value)} · ${words}` : letter(value) };
    });
}

export function rowsText(count) {
    return count === 1 ? _t("1 row") : _t("%s rows", quantity(count));
}

export function linesText(count) {
    return count === 1 ? _t("1 line ready") : _t("%s lines ready", quantity(count));
}

export function addText(count) {
    if (cartName()) {
        return count === 1
            ? _t("Add 1 line to “%s”", cartName())
            : _t("Add %s lines to “%s”", quantity(count), cartName());
    }
    return count === 1 ? _t("Add 1 line to cart") : _t("Add %s lines to cart", quantity(count));
}

export function moreText(count) {
    return _t("Show %s more", quantity(count));
}

export function sureText(count) {
    return count === 1
        ? _t("Accept the sure suggestion")
        : _t("Accept the %s sure suggestions", quantity(count));
}

/** Rows of one article: all of them become one line. */
export function doubleText(count) {
    return count === 2 ? _t("Add both") : _t("Add all %s", quantity(count));
}

export function allDoublesText(count) {
    return _t("Add all %s doubled rows", quantity(count));
}

export function downloadText(count) {
    return count === 1
        ? _t("Download the row to mend elsewhere")
        : _t("Download the %s rows to mend elsewhere", quantity(count));
}

/** Where all rows go, in one line. */
export function summary({ need = 0, corrected = 0, merged = 0, ready = 0 }) {
    const all = need + corrected + merged + ready;
    const parts = [_t("%s of %s rows go in", quantity(all - need), quantity(all))];
    if (merged) {
        parts.push(_t("%s merged", quantity(merged)));
    }
    if (need) {
        parts.push(_t("%s stay here", quantity(need)));
    }
    return parts.join(" · ");
}
