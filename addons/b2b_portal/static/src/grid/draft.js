// Typed quantities are a draft until they are added: kept per seat, over reloads.

import { root } from "../core/portal";

function draftKey() {
    return `b2b.draft.${root().dataset.seatId}`;
}

function readDraft() {
    try {
        return JSON.parse(localStorage.getItem(draftKey())) || {};
    } catch {
        return {};
    }
}

/** @param {Iterable} rows the rows of a grid; those without a quantity leave it */
export function saveDraft(rows) {
    const draft = readDraft();
    for (const row of rows) {
        delete draft[row.id];
        if (row.value) {
            draft[row.id] = row.value;
        }
    }
    localStorage.setItem(draftKey(), JSON.stringify(draft));
}

/** @param {Iterable} rows the rows that get their kept quantity back */
export function restoreDraft(rows) {
    const draft = readDraft();
    for (const row of rows) {
        if (draft[row.id]) {
            row.setValue(draft[row.id]);
        }
    }
}
