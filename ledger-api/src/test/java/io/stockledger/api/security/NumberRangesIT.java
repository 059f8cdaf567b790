package io.stockledger.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.stockledger.api.BothWires;
import io.stockledger.api.BothWires.Told;
import io.stockledger.api.RunningLedger;
import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.v1.SetSafetyStock;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A shop's receipt numbers are its own. */
class NumberRangesIT {

    private static final RunningLedger SERVICE = RunningLedger.shared();

    @Test
    void nobody_else_makes_documents_in_a_number_range() {
        JsonNode made = create(
                SERVICE.adminKey(), "{'name':'range-till','roles':['admin'],'numberRanges':['R1-','R2-7-']}", 201);
        BothWires owner = new BothWires(SERVICE, made.path("secret").asString());
        BothWires others = new BothWires(SERVICE, SERVICE.key(List.of("stock-controller"), List.of("range-shop")));
        BothWires admin = new BothWires(SERVICE, SERVICE.adminKey());

        assertThat(made.at("/key/numberRanges").valueStream().map(JsonNode::asString))
                .containsExactly("R1-", "R2-7-");
        for (String id : List.of("R1-1", "R1-", "R2-7-x")) {
            assertThat(reasons(owner, id)).as(id).containsOnly("UNKNOWN_LOCATION");
            assertThat(reasons(others, id)).as(id).containsOnly("NOT_PERMITTED");
            assertThat(reasons(admin, id)).as(id).containsOnly("NOT_PERMITTED");
        }
        for (String id : List.of("R1", "R2-1", "r1-1", "xR1-1")) {
            assertThat(reasons(owner, id)).as(id).containsOnly("NOT_PERMITTED");
            assertThat(reasons(others, id)).as(id).containsOnly("UNKNOWN_LOCATION");
        }
        assertThat(owner.overRest(anything("4711")).message())
                .contains("'4711' (expected: one that begins with any of [R1-, R2-7-]).");

        Answer revoked = SERVICE.send(
                SERVICE.request("/v1/api-keys/" + made.at("/key/id").asString(), SERVICE.adminKey())
                        .DELETE()
                        .build());
        assertThat(revoked.status()).isEqualTo(204);
        assertThat(reasons(others, "R1-2")).containsOnly("UNKNOWN_LOCATION");
    }

    @Test
    void who_is_tied_gives_ranges_within_their_own_alone() {
        String free = SERVICE.key(List.of("admin"), List.of("range-shop"));
        String ranged = create(
                        SERVICE.adminKey(),
                        "{'name':'range-chief','roles':['admin'],'locations':['range-shop'],'numberRanges':['S1-']}",
                        201)
                .path("secret")
                .asString();
        String wish = "{'name':'%s','roles':['pos'],'locations':['range-shop'],'numberRanges':['%s']}";

        assertThat(create(free, wish.formatted("range-a", "T1-"), 422)
                        .path("detail")
                        .asString())
                .contains("numberRanges: 'T1-' (expected: within your own, [])");
        create(ranged, wish.formatted("range-b", "S"), 422);
        create(ranged, wish.formatted("range-c", "S1-5-"), 201);
        assertThat(create(SERVICE.adminKey(), "{'name':'range-d','roles':['pos'],'numberRanges':['']}", 422)
                        .at("/values/field")
                        .asString())
                .isEqualTo("numberRanges");
    }

    private static JsonNode create(String key, String json, int status) {
        Answer answer = SERVICE.send(SERVICE.request("/v1/api-keys", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.replace('\'', '"')))
                .build());
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer.json();
    }

    private static List<String> reasons(BothWires wires, String id) {
        return List.of(wires.overRest(anything(id)), wires.overGrpc(anything(id))).stream()
                .map(Told::reason)
                .toList();
    }

    /** Refused for its location, if it gets so far. */
    private static Message anything(String id) {
        return SetSafetyStock.newBuilder()
                .setDocumentId(id)
                .setLocation("range-shop")
                .setSku("range-item")
                .setQuantity("1")
                .build();
    }
}
