package io.stockledger.api.rest;

import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.stockledger.v1.AsOf;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** The versions of answers (RFC 9110), so that what a caller has already need not be sent again. */
final class EntityTags {

    private EntityTags() {}

    /** The same answer with its tag; without its body where the caller has it. */
    static HttpAnswer tagged(HttpAnswer answer, Message message, HttpServletRequest request) {
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (!reads || tellsItsMoment(message)) {
            return answer;
        }
        String tag = '"' + UUID.nameUUIDFromBytes(answer.body()).toString() + '"';
        HttpAnswer tagged = answer.with("ETag", tag);
        return isOneOf(tag, Collections.list(request.getHeaders("If-None-Match"))) ? tagged.unchanged() : tagged;
    }

    /** Such an answer is another one each time. */
    private static boolean tellsItsMoment(Message message) {
        return message.getDescriptorForType().getFields().stream()
                .anyMatch(field -> field.getJavaType() == JavaType.MESSAGE
                        && field.getMessageType().equals(AsOf.getDescriptor()));
    }

    /** @param known the header, as often as it was given; a tag of somebody else's may hold commas and stars */
    private static boolean isOneOf(String tag, List<String> known) {
        return known.stream()
                .anyMatch(tags -> tags.strip().equals("*")
                        || Arrays.stream(tags.split(",", -1))
                                .map(String::strip)
                                .anyMatch(one -> one.equals(tag) || one.equals("W/" + tag)));
    }
}
