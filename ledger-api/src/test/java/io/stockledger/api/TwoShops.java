package io.stockledger.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.api.security.Role;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A shop here and one there, with stock, a reservation and an ERP snapshot in both; and who is tied to the one here. */
record TwoShops(RunningLedger service, String tiedKey, long position) {

    static final String HERE = "tie-here";
    static final String THERE = "tie-there";
    static final String ITEM = "tie-item";
    /** Received there; nothing else in these tests has this number in it. */
    static final String SECRET = "7393174";

    private static final List<String> EVERY_ROLE =
            Arrays.stream(Role.values()).map(Role::code).toList();

    private static @Nullable TwoShops opened;

    /** In the shared service, once for all who look at them. */
    static synchronized TwoShops open() {
        TwoShops shops = opened;
        if (shops == null) {
            shops = open(RunningLedger.shared());
            opened = shops;
        }
        return shops;
    }

    private static TwoShops open(RunningLedger service) {
        for (String location : List.of(HERE, THERE)) {
            post(
                    service,
                    "/v1/locations",
                    "{'documentId':'%1$s','location':'%1$s','name':'T','kind':'shop'}".formatted(location));
        }
        post(
                service,
                "/v1/items",
                "{'documentId':'tie-i','sku':'tie-item','name':'Tie','barcodes':[{'code':'tie-code'}]}");
        receive(service, "tie-r1", HERE, "11");
        receive(service, "tie-r2", THERE, SECRET);
        for (String location : List.of(HERE, THERE)) {
            post(
                    service,
                    "/v1/reservations",
                    "{'documentId':'tie-held-%1$s','channel':'web','location':'%1$s','timeToLive':'PT24H',"
                                    .formatted(location)
                            + "'lines':[{'item':{'sku':'tie-item'},'quantity':1}]}");
        }
        long position = post(
                service,
                "/v1/sales",
                "{'documentId':'tie-sold-there','channel':'pos','location':'tie-there',"
                        + "'lines':[{'item':{'sku':'tie-item'},'quantity':1}]}");
        Answer uploaded = csv(service, "tie-both", service.adminKey(), "tie-here,tie-item,9\ntie-there,tie-item,2\n");
        assertThat(uploaded.status()).as(uploaded.body()).isEqualTo(200);
        return new TwoShops(service, service.key(EVERY_ROLE, List.of(HERE)), position);
    }

    long receive(String id, String location, String quantity) {
        return receive(service, id, location, quantity);
    }

    Answer csv(String snapshot, String key, String lines) {
        return csv(service, snapshot, key, lines);
    }

    private static long receive(RunningLedger service, String id, String location, String quantity) {
        return post(
                service,
                "/v1/receipts",
                "{'documentId':'%s','location':'%s','supplier':'s','lines':[{'item':{'sku':'tie-item'},'quantity':%s}]}"
                        .formatted(id, location, quantity));
    }

    private static long post(RunningLedger service, String path, String json) {
        Answer answer = service.post(path, json.replace('\'', '"'));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get("position").asLong();
    }

    private static Answer csv(RunningLedger service, String snapshot, String key, String lines) {
        return service.send(service.request("/v1/drift/snapshots/" + snapshot + "?takenAt=" + Instant.now(), key)
                .header("Content-Type", "text/csv")
                .PUT(BodyPublishers.ofString("location,sku,quantity\n" + lines))
                .build());
    }
}
