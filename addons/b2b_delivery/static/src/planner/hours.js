import { _t } from "@web/core/l10n/translation";

const FRAME = /^(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|to)\s*(\d{1,2})(?:[:.](\d{2}))?$/i;

/**
 * Hours as planners type them: "8-12, 13:30-17".
 *
 * @param {string} text empty for a day without delivery
 * @returns {{ hours: number[][], error: string }}
 */
export function readHours(text) {
    const hours = [];
    for (const part of text.split(/[,;]/).map((piece) => piece.trim())) {
        if (!part) {
            continue;
        }
        const found = FRAME.exec(part);
        if (!found) {
            return { hours, error: _t("“%s” is not a frame; write 8-12, 13:30-17.", part) };
        }
        const [, from, fromMinutes, to, toMinutes] = found.map((n) => Number(n) || 0);
        if (fromMinutes > 59 || toMinutes > 59) {
            return { hours, error: _t("“%s” is not a time of day.", part) };
        }
        hours.push([from + fromMinutes / 60, to + toMinutes / 60]);
    }
    return { hours, error: "" };
}
