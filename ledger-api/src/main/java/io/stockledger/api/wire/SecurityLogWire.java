package io.stockledger.api.wire;

import io.stockledger.api.security.SecurityEvent;
import io.stockledger.v1.SecurityEventPage;
import java.util.List;

/** The security log as messages. */
public final class SecurityLogWire {

    private SecurityLogWire() {}

    /** @param size as many were asked for */
    public static SecurityEventPage page(List<SecurityEvent> events, int size) {
        SecurityEventPage.Builder page = SecurityEventPage.newBuilder();
        events.forEach(event -> page.addEvents(event(event)));
        if (events.size() == size) {
            page.setNextPageToken(
                    PageToken.of(String.valueOf(events.get(events.size() - 1).number())));
        }
        return page.build();
    }

    private static io.stockledger.v1.SecurityEvent event(SecurityEvent event) {
        io.stockledger.v1.SecurityEvent.Builder message = io.stockledger.v1.SecurityEvent.newBuilder()
                .setNumber(event.number())
                .setAt(WireFields.timestamp(event.at()))
                .setWhat(event.what());
        if (event.principal() != null) {
            message.setPrincipal(event.principal());
        }
        if (event.address() != null) {
            message.setAddress(event.address());
        }
        if (event.subject() != null) {
            message.setSubject(event.subject());
        }
        return message.build();
    }
}
