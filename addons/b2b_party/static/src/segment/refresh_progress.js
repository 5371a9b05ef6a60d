import { Component, onMounted, onPatched, onWillUnmount } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const PAUSE = 1500;

/** How far a refresh in the background is; looks again until it is done. */
export class RefreshProgress extends Component {
    static template = "b2b_party.RefreshProgress";
    static props = { ...standardWidgetProps };

    setup() {
        onMounted(() => this.lookAgain());
        onPatched(() => this.lookAgain());
        onWillUnmount(() => clearTimeout(this.timer));
    }

    get busy() {
        return this.props.record.data.refresh_state === "waiting";
    }

    get percent() {
        return this.props.record.data.refresh_percent || 0;
    }

    get text() {
        return this.props.record.data.refresh_progress || "";
    }

    lookAgain() {
        clearTimeout(this.timer);
        if (!this.busy) {
            return;
        }
        this.timer = setTimeout(async () => {
            // What is being typed must not be thrown away by loading again.
            if (!(await this.props.record.isDirty())) {
                await this.props.record.load();
            }
            this.lookAgain();
        }, PAUSE);
    }
}

registry.category("view_widgets").add("b2b_refresh_progress", {
    component: RefreshProgress,
    fieldDependencies: [
        { name: "refresh_state", type: "selection" },
        { name: "refresh_percent", type: "integer" },
        { name: "refresh_progress", type: "char" },
    ],
});
