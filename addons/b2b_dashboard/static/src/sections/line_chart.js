import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { formatFigure, formatShort } from "../format";
import { Card } from "./card";

/** Writes the running value beside the last point instead of a legend. */
const lastPointLabel = {
    id: "b2bLastPoint",
    afterDatasetsDraw(chart, _args, options) {
        const point = chart.getDatasetMeta(0).data.at(-1);
        if (!point || !options.text) {
            return;
        }
        const { ctx, chartArea } = chart;
        ctx.save();
        ctx.font = `700 11px ${options.font}`;
        ctx.fillStyle = options.colour;
        ctx.strokeStyle = options.paper;
        ctx.lineWidth = 5;
        ctx.lineJoin = "round";
        ctx.textAlign = "right";
        const below = chartArea.bottom - point.y > 34;
        const y = point.y + (below ? 22 : -12);
        ctx.strokeText(options.text, chartArea.right, y);
        ctx.fillText(options.text, chartArea.right, y);
        ctx.restore();
    },
};

/** Months as a line, the year before dashed; the same figures as a table. */
export class LineChart extends Component {
    static template = "b2b_dashboard.LineChart";
    static components = { Card };
    static props = { section: Object, currency: Object, open: Function };

    setup() {
        this.canvas = useRef("canvas");
        this.state = useState({ asTable: false, noChart: false });
        onWillStart(async () => {
            try {
                await loadBundle("web.chartjs_lib");
            } catch {
                this.state.noChart = true;
            }
        });
        useEffect(
            (canvas) => {
                if (!canvas) {
                    return;
                }
                const chart = new window.Chart(canvas, this.config(canvas));
                return () => chart.destroy();
            },
            () => [this.canvas.el, this.props.section]
        );
    }

    get series() {
        return this.props.section.series || [];
    }

    get empty() {
        return !this.series.some((entry) => entry.value || entry.before);
    }

    get compared() {
        return this.series.some((entry) => entry.before !== undefined);
    }

    get legend() {
        return this.props.section.legend || [this.props.section.title];
    }

    get showTable() {
        return this.state.asTable || this.state.noChart;
    }

    get tableLabel() {
        return this.state.asTable ? _t("as chart") : _t("as table");
    }

    toggle() {
        this.state.asTable = !this.state.asTable;
    }

    text(value) {
        return formatFigure(value, this.props.section.unit, this.props.currency);
    }

    openPoint(entry, before) {
        const domain = before ? entry.before_domain : entry.domain;
        if (domain) {
            this.props.open(this.props.section, { ...entry, domain });
        }
    }

    config(canvas) {
        const style = getComputedStyle(canvas);
        const colour = (name) => style.getPropertyValue(`--b2b-${name}`).trim();
        const last = this.series.length - 1;
        const running = this.props.section.running;
        const solid = {
            data: this.series.map((entry) => entry.value),
            label: this.legend[0],
            borderColor: colour("accent"),
            backgroundColor: colour("accent"),
            borderWidth: 2,
            tension: 0,
            pointRadius: this.series.map((_entry, i) => (i === last ? 4 : 0)),
            pointHitRadius: 14,
            pointHoverRadius: 4,
            segment: {
                borderDash: (ctx) => (running && ctx.p1DataIndex === last ? [2, 3] : undefined),
            },
        };
        const dashed = {
            data: this.series.map((entry) => entry.before ?? null),
            label: this.legend[1] || "",
            borderColor: colour("muted-mark"),
            backgroundColor: colour("muted-mark"),
            borderDash: [4, 3],
            borderWidth: 1.25,
            tension: 0,
            pointRadius: 0,
            pointHitRadius: 14,
        };
        return {
            type: "line",
            data: {
                labels: this.series.map((entry) => entry.label),
                datasets: this.compared ? [solid, dashed] : [solid],
            },
            options: this.options(colour, style.fontFamily, this.series[last], running),
            plugins: [lastPointLabel],
        };
    }

    options(colour, font, lastEntry, running) {
        const ticks = { color: colour("muted"), font: { family: font, size: 11 } };
        return {
            responsive: true,
            maintainAspectRatio: false,
            animation: false,
            interaction: { mode: "nearest", axis: "x", intersect: false },
            onClick: (_ev, elements) => {
                if (elements.length) {
                    const { index, datasetIndex } = elements[0];
                    this.openPoint(this.series[index], datasetIndex === 1);
                }
            },
            onHover: (ev, elements) => {
                ev.native.target.style.cursor = elements.length ? "pointer" : "";
            },
            layout: { padding: { top: 8, right: 8 } },
            plugins: {
                legend: { display: false },
                b2bLastPoint: {
                    text: running && lastEntry && `${formatShort(lastEntry.value, 1)} ${running}`,
                    colour: colour("ink"),
                    paper: colour("paper"),
                    font,
                },
                tooltip: {
                    callbacks: {
                        label: (item) => `${item.dataset.label}: ${this.text(item.raw)}`,
                    },
                },
            },
            scales: {
                x: { grid: { display: false }, border: { color: colour("line") }, ticks },
                y: {
                    beginAtZero: true,
                    border: { display: false },
                    grid: { color: colour("line") },
                    ticks: { ...ticks, maxTicksLimit: 6, callback: (value) => formatShort(value) },
                },
            },
        };
    }
}
