import { onMounted, onPatched, onWillUnmount } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

const PAUSE = 1500;

/** List of segments; while a refresh runs it looks again, so that its bar moves. */
export class SegmentListController extends ListController {
    setup() {
        super.setup();
        onMounted(() => this.lookAgain());
        onPatched(() => this.lookAgain());
        onWillUnmount(() => clearTimeout(this.timer));
    }

    get isBusy() {
        const list = this.model.root;
        const records = list.isGrouped ? [] : list.records;
        return records.some((record) => record.data.refresh_state === "waiting");
    }

    lookAgain() {
        clearTimeout(this.timer);
        if (!this.isBusy) {
            return;
        }
        this.timer = setTimeout(async () => {
            // Chosen rows and a row being typed stay as they are.
            const list = this.model.root;
            if (!list.editedRecord && !list.selection.length) {
                await list.load();
            }
            this.lookAgain();
        }, PAUSE);
    }
}

registry.category("views").add("b2b_segment_list", {
    ...listView,
    Controller: SegmentListController,
});
