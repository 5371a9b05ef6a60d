import { _t } from "@web/core/l10n/translation";
import { BATCH, post } from "../core/portal";

/** What a seat has typed, pasted or read, kept in this browser until it is added. */
export class Draft {
    constructor(key) {
        this.key = `b2b.quick.${key}`;
    }

    load() {
        try {
            const kept = JSON.parse(localStorage.getItem(this.key) || "null");
            return kept?.rows?.length ? kept : null;
        } catch {
            // The browser's store is closed to pages.
            return null;
        }
    }

    /** @returns {boolean} whether it could be kept */
    save(name, rows) {
        try {
            if (rows.length) {
                localStorage.setItem(this.key, JSON.stringify({ name, rows }));
            } else {
                localStorage.removeItem(this.key);
            }
            return true;
        } catch {
            // The browser's store is full or closed.
            return false;
        }
    }
}

/** A file's bytes in base64. */
export function base64Of(file) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
        reader.onerror = () => reject(new Error(_t("The file cannot be opened.")));
        reader.readAsDataURL(file);
    });
}

/**
 * Add lines to the cart, some hundreds at a time.
 *
 * @param {[number, number][]} lines product id and quantity
 * @param {(doubles: Object[]) => Promise<string|null>} ask what to do with articles
 *     that are in the cart already
 * @param {(done: number) => void} progress
 * @returns {Promise<Object|null>} `results`, `undo`, `bar`; null if it was called off
 */
export async function addLines(lines, ask, progress) {
    const all = { results: [], undo: [], bar: null, error: null };
    let choice = "ask";
    for (let start = 0; start < lines.length; start += BATCH) {
        const part = lines.slice(start, start + BATCH);
        let answer;
        try {
            answer = await post("/trade/cart/add", { lines: part, on_double: choice });
            if (answer.ask) {
                choice = await ask(answer.ask);
                if (!choice) {
                    return all.results.length ? all : null;
                }
                answer = await post("/trade/cart/add", { lines: part, on_double: choice });
                choice = "ask";
            }
        } catch (error) {
            all.error = error;
            return all;
        }
        all.results.push(...answer.results);
        all.undo.push(...answer.undo);
        all.bar = answer.bar;
        all.left = part
            .map(([product]) => product)
            .filter((id) => !answer.results.some((result) => result.product_id === id))
            .concat(all.left || []);
        progress(Math.min(start + BATCH, lines.length));
    }
    return all;
}

/** Rows as a CSV file that a spreadsheet opens without running anything in it. */
export function csvOf(rows, heading) {
    const cell = (value) => {
        const text = String(value ?? "");
        const harmless = /^[=+@\t\r-]/.test(text) && isNaN(Number(text)) ? `'${text}` : text;
        return `"${harmless.replace(/"/g, '""')}"`;
    };
    return "\ufeff" + [heading, ...rows].map((row) => row.map(cell).join(";")).join("\r\n");
}

export function download(name, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
}
