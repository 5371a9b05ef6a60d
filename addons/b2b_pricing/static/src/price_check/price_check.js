import { _t } from "@web/core/l10n/translation";
import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { deserializeDate, serializeDate } from "@web/core/l10n/dates";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onWillStart, useState } from "@odoo/owl";

const { DateTime } = luxon;

/** What a party pays for an article, and why: asked on one page, answered in steps. */
export class PriceCheck extends Component {
    static template = "b2b_pricing.PriceCheck";
    static components = { Layout, RecordSelector, DateTimeInput };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.display = { controlPanel: {} };
        this.partyDomain = [
            ["parent_id", "=", false],
            ["b2b_customer_type", "=", "trade"],
        ];
        this.productDomain = [["sale_ok", "=", true]];
        const context = this.props.action.context || {};
        this.state = useState(
            this.props.state || {
                partyId: context.b2b_party_id || false,
                productId: context.b2b_product_id || false,
                agreementId: context.b2b_agreement_id || null,
                quantity: "",
                date: serializeDate(DateTime.now()),
                compareId: false,
                asBuyer: false,
                data: null,
                error: "",
                loading: false,
            }
        );
        useSetupAction({ getLocalState: () => ({ ...this.state, loading: false }) });
        onWillStart(() => this.check());
    }

    get date() {
        return this.state.date ? deserializeDate(this.state.date) : false;
    }

    /** The party's own code finds the product, as on its orders. */
    get productContext() {
        return { partner_id: this.state.partyId };
    }

    /** What was chosen, else what the server took; false for none. */
    get agreementId() {
        return this.state.agreementId ?? this.state.data?.agreement_id ?? false;
    }

    get steps() {
        const { data, asBuyer } = this.state;
        return asBuyer ? data.buyer_steps : data.steps;
    }

    set(changes) {
        Object.assign(this.state, changes);
        return this.check();
    }

    setParty(partyId) {
        return this.set({ partyId, agreementId: null });
    }

    setDate(date) {
        return this.set({ date: date ? serializeDate(date) : serializeDate(DateTime.now()) });
    }

    setAgreement(ev) {
        return this.set({ agreementId: Number(ev.target.value) || false });
    }

    swap() {
        return this.set({
            partyId: this.state.compareId,
            compareId: this.state.partyId,
            agreementId: null,
        });
    }

    async check() {
        const { partyId, productId, quantity, date, agreementId, compareId } = this.state;
        if (!partyId || !productId) {
            this.state.data = null;
            this.state.error = "";
            return;
        }
        this.state.loading = true;
        try {
            const call = this.orm.silent.call("b2b.price.check", "b2b_check", [], {
                party_id: partyId,
                product_id: productId,
                quantity: String(quantity).trim().replace(",", ".") || 0,
                date,
                agreement_id: agreementId,
                compare_id: compareId,
            });
            this.state.data = await this.keepLast.add(call);
            this.state.error = "";
        } catch (error) {
            // The sentence of the server says what to do; what was chosen stays.
            if (this.state.data?.party.id !== partyId) {
                this.state.data = null;
            }
            this.state.error = error.data?.message || _t("No connection to the server.");
        }
        this.state.loading = false;
    }
}

registry.category("actions").add("b2b_price_check", PriceCheck);
