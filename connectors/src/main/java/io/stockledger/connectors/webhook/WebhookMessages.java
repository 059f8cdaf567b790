package io.stockledger.connectors.webhook;

import io.stockledger.connectors.reaction.NewEffect;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.eventstore.FactJson;
import io.stockledger.eventstore.FactNames;
import io.stockledger.eventstore.FactNames.StoredName;
import io.stockledger.ledger.StoredFact;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** What is sent of facts, and to which endpoints. */
final class WebhookMessages {

    private static final String TARGET = WebhookEndpoint.target("");
    private static final JsonMapper JSON = JsonMapper.shared();

    private WebhookMessages() {}

    static List<NewEffect> of(List<StoredFact> facts, List<WebhookEndpoint> endpoints) {
        List<NewEffect> effects = new ArrayList<>();
        if (endpoints.isEmpty()) {
            return effects;
        }
        for (StoredFact fact : facts) {
            StoredName name = FactNames.of(fact.fact());
            String payload = FactJson.write(fact.fact());
            Set<String> tellsOf = fact.fact().locations();
            String body = "";
            for (WebhookEndpoint endpoint : endpoints) {
                if (fact.position() > endpoint.afterPosition() && endpoint.wants(name.name(), tellsOf)) {
                    body = body.isEmpty() ? body(fact, name, payload) : body;
                    effects.add(new NewEffect(
                            "msg_" + endpoint.id() + "_" + fact.position(),
                            endpoint.target(),
                            ordering(fact),
                            fact.position(),
                            name.name(),
                            body));
                }
            }
        }
        return effects;
    }

    /**
     * What is sent one after the other. The streams of stocks and items never end, and one message that fails would hold
     * them up for days; so what is told there waits for its document only.
     */
    static String ordering(StoredFact fact) {
        return Kind.ofStream(fact.stream()).isPresent()
                ? fact.stream()
                : fact.meta().document();
    }

    /** The endpoint's id. */
    static String endpoint(String target) {
        return target.substring(TARGET.length());
    }

    private static String body(StoredFact fact, StoredName name, String payload) {
        StringWriter written = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(written)) {
            out.writeStartObject();
            out.writeStringProperty("type", name.name());
            out.writeStringProperty("timestamp", fact.recordedAt().toString());
            out.writeObjectPropertyStart("data");
            out.writeNumberProperty("position", fact.position());
            out.writeStringProperty("stream", fact.stream());
            out.writeNumberProperty("sequence", fact.sequence());
            out.writeStringProperty("name", name.name());
            out.writeNumberProperty("revision", name.revision());
            out.writeStringProperty("recordedAt", fact.recordedAt().toString());
            out.writeStringProperty("businessTime", fact.meta().businessTime().toString());
            out.writeStringProperty("command", fact.meta().command());
            out.writeStringProperty("document", fact.meta().document());
            if (fact.meta().tryId() != null) {
                out.writeStringProperty("tryId", fact.meta().tryId());
            }
            out.writeStringProperty("principal", fact.meta().principal());
            if (fact.meta().device() != null) {
                out.writeStringProperty("device", fact.meta().device());
            }
            Map<String, String> metadata = fact.meta().metadata();
            if (metadata != null) {
                out.writeObjectPropertyStart("metadata");
                metadata.forEach(out::writeStringProperty);
                out.writeEndObject();
            }
            if (fact.meta().requestId() != null) {
                out.writeStringProperty("requestId", fact.meta().requestId());
            }
            out.writeName("payload");
            out.writeRawValue(payload);
            out.writeEndObject();
            out.writeEndObject();
        }
        return written.toString();
    }
}
