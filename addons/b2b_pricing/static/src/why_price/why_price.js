import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component } from "@odoo/owl";

/** Steps of a price, in the order in which the engine asks. */
export class WhyPriceSteps extends Component {
    static template = "b2b_pricing.WhyPriceSteps";
    static props = { explained: Object, close: Function };
}

/** "why?" beside the unit price of an order line. */
export class WhyPrice extends Component {
    static template = "b2b_pricing.WhyPrice";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.popover = usePopover(WhyPriceSteps, { position: "left" });
    }

    async open(ev) {
        const target = ev.currentTarget;
        const { record } = this.props;
        if (!record.resId || record.dirty) {
            this.notification.add(_t("Save the order first; then the price is explained."), {
                type: "info",
            });
            return;
        }
        const explained = await this.orm.call("sale.order.line", "b2b_explain_price", [
            [record.resId],
        ]);
        this.popover.open(target, { explained });
    }
}

registry.category("view_widgets").add("b2b_why_price", { component: WhyPrice });
