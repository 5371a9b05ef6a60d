import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** One page before a call: draws the sections that the addons contribute. */
export class Overview extends Component {
    static template = "b2b_party.Overview";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.state = useState({ sections: null, failed: false });
        // The form stands at once; the figures follow.
        onWillStart(() => {
            this.load(this.props.record.resId);
        });
        onWillUpdateProps((next) => {
            if (next.record.resId !== this.shown) {
                this.load(next.record.resId);
            }
        });
    }

    async load(resId) {
        this.shown = resId;
        this.state.sections = null;
        this.state.failed = false;
        if (!resId) {
            return;
        }
        try {
            const call = this.orm.silent.call("res.partner", "b2b_overview", [[resId]]);
            const { sections } = await this.keepLast.add(call);
            this.state.sections = sections;
        } catch (error) {
            this.state.failed = true;
            throw error;
        }
    }

    again() {
        return this.load(this.props.record.resId);
    }

    height(section, value) {
        const all = section.bars.flatMap((bar) => [bar.value, bar.before]);
        const top = Math.max(...all, 0) || 1;
        return Math.max(0, Math.round((100 * value) / top));
    }

    open(action) {
        if (!action) {
            return undefined;
        }
        const views = action.res_id
            ? [[false, "form"]]
            : [
                  [false, "list"],
                  [false, "form"],
              ];
        return this.action.doAction({
            type: "ir.actions.act_window",
            views,
            target: "current",
            ...action,
        });
    }
}

registry.category("view_widgets").add("b2b_overview", { component: Overview });
