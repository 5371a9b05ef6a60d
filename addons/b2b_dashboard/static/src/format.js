import { _t } from "@web/core/l10n/translation";
import { getCurrency } from "@web/core/currency";
import { formatFloat } from "@web/core/utils/numbers";

const MINUS = "\u2212";

/** Text of a whole number with the user's thousands separator and a real minus. */
function whole(value) {
    const text = formatFloat(Math.abs(Math.round(value)), { digits: [0, 0] });
    return Math.round(value) < 0 ? `${MINUS}${text}` : text;
}

/** Amount without decimals: figures of a dashboard are read, not booked. */
export function formatAmount(value, currency) {
    const text = whole(Math.abs(value));
    const sign = Math.round(value) < 0 ? MINUS : "";
    if (!currency) {
        return `${sign}${text}`;
    }
    const after = currency.position === "after";
    return after ? `${sign}${text} ${currency.symbol}` : `${sign}${currency.symbol}${text}`;
}

/** Short amount for a chart: 184k, or 8.7k where a decimal matters. */
export function formatShort(value, decimals = 0) {
    const shown = Math.abs(value) < 20000 && Math.abs(value) >= 1000 ? decimals : 0;
    return formatFloat(value, { humanReadable: true, decimals: shown, minDigits: 1 });
}

export function formatPercent(share) {
    const text = formatFloat(Math.abs(share) * 100, { digits: [0, 1] });
    return `${share < 0 ? MINUS : ""}${text} %`;
}

/**
 * Text of a figure.
 *
 * @param {number|string|false} value
 * @param {string} unit money, number, percent, days; anything else is text
 * @param {Object} currency of the dashboard
 * @param {number} [currencyId] another currency for this one figure
 */
export function formatFigure(value, unit, currency, currencyId) {
    if (value === undefined || value === null || value === false || value === "") {
        return "";
    }
    if (typeof value !== "number") {
        return String(value);
    }
    switch (unit) {
        case "money":
            return formatAmount(value, (currencyId && getCurrency(currencyId)) || currency);
        case "percent":
            return formatPercent(value);
        case "days":
            return _t("%s d", whole(value));
        default:
            return whole(value);
    }
}
