package io.stockledger.api.security;

import static io.stockledger.api.security.Role.ADMIN;
import static io.stockledger.api.security.Role.AUDITOR;
import static io.stockledger.api.security.Role.DEVICE;
import static io.stockledger.api.security.Role.POS;
import static io.stockledger.api.security.Role.STOCK_CONTROLLER;
import static io.stockledger.api.security.Role.WEBSHOP;

import io.stockledger.document.Coded;
import io.stockledger.document.Command;
import io.stockledger.order.RecordSale;
import io.stockledger.returns.ProcessReturn;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What can be permitted, and to whom: the one table of it. Printed in docs/security.md. */
public enum Permission implements Coded {
    RESERVE_STOCK(POS, WEBSHOP, STOCK_CONTROLLER, ADMIN),
    RELEASE_RESERVATION(POS, WEBSHOP, STOCK_CONTROLLER, ADMIN),
    CONFIRM_RESERVATION(POS, WEBSHOP, ADMIN),
    RECORD_SALE(POS, WEBSHOP, DEVICE, ADMIN),
    /** A sale that is recorded even where the ledger has fewer units. */
    HAND_OVER_GOODS(POS, DEVICE, ADMIN),
    RECEIVE_GOODS(STOCK_CONTROLLER, DEVICE, ADMIN),
    PROCESS_RETURN(POS, WEBSHOP, STOCK_CONTROLLER, DEVICE, ADMIN),
    /** A return that names no sale. A scanner at the counter seldom sees one. */
    RETURN_BLIND(STOCK_CONTROLLER, DEVICE, ADMIN),
    ADJUST_STOCK(STOCK_CONTROLLER, ADMIN),
    RECORD_COUNT(STOCK_CONTROLLER, DEVICE, ADMIN),
    TRANSFER_STOCK(STOCK_CONTROLLER, DEVICE, ADMIN),
    RECLASSIFY_STOCK(STOCK_CONTROLLER, ADMIN),
    SET_SAFETY_STOCK(STOCK_CONTROLLER, ADMIN),
    SET_CHANNEL_PROTECTION(STOCK_CONTROLLER, ADMIN),
    REGISTER_ITEM(STOCK_CONTROLLER, ADMIN),
    OPEN_LOCATION(ADMIN),
    READ_AVAILABILITY(POS, WEBSHOP, STOCK_CONTROLLER, AUDITOR, DEVICE, ADMIN),
    READ_CATALOG(POS, WEBSHOP, STOCK_CONTROLLER, AUDITOR, DEVICE, ADMIN),
    /** A till or shop looks up what it has written. */
    READ_DOCUMENTS(POS, WEBSHOP, STOCK_CONTROLLER, AUDITOR, ADMIN),
    READ_HISTORY(STOCK_CONTROLLER, AUDITOR, ADMIN),
    READ_DRIFT(STOCK_CONTROLLER, AUDITOR, ADMIN),
    UPLOAD_SNAPSHOT(STOCK_CONTROLLER, ADMIN),
    READ_OPERATIONS(STOCK_CONTROLLER, AUDITOR, ADMIN),
    READ_METRICS(AUDITOR, ADMIN),
    OPERATE_VIEWS(ADMIN),
    MANAGE_API_KEYS(ADMIN),
    MANAGE_WEBHOOKS(ADMIN),
    READ_SECURITY_LOG(AUDITOR, ADMIN);

    @SuppressWarnings("ImmutableEnumChecker") // never changed, and only copies are given out
    private final Set<Role> roles;

    Permission(Role first, Role... others) {
        this.roles = EnumSet.of(first, others);
    }

    public Set<Role> roles() {
        return EnumSet.copyOf(roles);
    }

    boolean isGivenTo(Set<Role> held) {
        for (Role role : held) {
            if (roles.contains(role)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The permission of a code.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Permission ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** What this very command needs beyond the permission of its method. */
    public static Set<Permission> beyond(Command command) {
        if (command instanceof RecordSale sale && sale.handedOver()) {
            return EnumSet.of(HAND_OVER_GOODS);
        }
        if (command instanceof ProcessReturn back && back.isBlind()) {
            return EnumSet.of(RETURN_BLIND);
        }
        return EnumSet.noneOf(Permission.class);
    }
}
