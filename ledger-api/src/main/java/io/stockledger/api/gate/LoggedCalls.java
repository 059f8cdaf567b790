package io.stockledger.api.gate;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the security log says a call was about. Only names stand there, never what a method keeps secret. */
final class LoggedCalls {

    /** As they are called in the messages of the contract, the most telling first. */
    private static final List<String> NAMES = List.of("id", "key_name", "device", "location", "url");

    private LoggedCalls() {}

    static @Nullable String subject(Message asked, Message done) {
        String said = named(asked);
        return said == null ? named(done) : said;
    }

    private static @Nullable String named(Message message) {
        for (String name : NAMES) {
            FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
            if (field != null && !((String) message.getField(field)).isEmpty()) {
                return (String) message.getField(field);
            }
        }
        return null;
    }
}
