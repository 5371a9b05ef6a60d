/** Where the burn-down is drawn; plain numbers in, plain numbers out. */

export const FRAME = {width: 760, height: 240, left: 72, right: 20, top: 14, bottom: 28};
const STEPS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** Top of the scale: a round figure that holds the amount. */
export function niceCeiling(amount) {
    const power = 10 ** Math.floor(Math.log10(Math.max(amount, 1)));
    return STEPS.find((step) => step * power >= amount - 1e-9) * power;
}

function ticks(top) {
    const parts = Number.isInteger(top / 3) ? 3 : 4;
    return Array.from({length: parts + 1}, (_, index) => (top * index) / parts);
}

/** First and last day and what lies evenly between, by their place in the series. */
function dayTicks(count) {
    const parts = Math.min(4, count - 1);
    const places = Array.from({length: parts + 1}, (_, index) =>
        Math.round(((count - 1) * index) / Math.max(parts, 1))
    );
    return [...new Set(places)];
}

/**
 * @param {Object} data as the field `burn_down` of a budget holds it
 * @returns {Object} points of the lines and places of the labels
 */
export function shape(data) {
    const {series, amount, pending} = data;
    const known = series.filter((point) => point.left !== null);
    const left = known.length ? known[known.length - 1].left : amount;
    const top = niceCeiling(Math.max(amount, ...known.map((point) => point.left)));
    const low = Math.min(0, left - pending, ...known.map((point) => point.left));
    const right = FRAME.width - FRAME.right;
    const bottom = FRAME.height - FRAME.bottom;
    const x = (place) => FRAME.left + ((right - FRAME.left) * place) / series.length;
    const y = (value) => FRAME.top + ((bottom - FRAME.top) * (top - value)) / (top - low);
    const line = [[x(0), y(amount)]];
    let before = amount;
    known.forEach((point, place) => {
        line.push([x(place + 1), y(before)], [x(place + 1), y(point.left)]);
        before = point.left;
    });
    const points = line.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(" ");
    const today = x(known.length);
    return {
        line: points,
        area: `${x(0)},${y(0)} ${points} ${today},${y(0)}`,
        pace: `${x(0)},${y(amount)} ${x(series.length)},${y(0)}`,
        today,
        running: known.length < series.length,
        labelLeft: today > FRAME.width * 0.75,
        left,
        leftY: y(left),
        waitingY: y(left - pending),
        amounts: ticks(top).map((value) => ({value, y: y(value)})),
        days: dayTicks(series.length).map((place) => ({
            date: series[place].date,
            x: x(place + 0.5),
        })),
    };
}

/** Days on which something was booked, with the first and the last one. */
export function changes(series) {
    const known = series.filter((point) => point.left !== null);
    return known.filter(
        (point, place) =>
            place === 0 ||
            place === known.length - 1 ||
            point.left !== known[place - 1].left
    );
}
