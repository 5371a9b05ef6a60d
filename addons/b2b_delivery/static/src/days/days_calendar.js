import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { calendarView } from "@web/views/calendar/calendar_view";

/** Calendar of closed days: what is added there is no event. */
export class DaysCalendarController extends calendarView.Controller {
    get editRecordDefaultDisplayText() {
        return _t("New closed or extra day");
    }
}

registry.category("views").add("b2b_delivery_days", {
    ...calendarView,
    Controller: DaysCalendarController,
});
