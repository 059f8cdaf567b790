package io.stockledger.api.rest;

import com.google.protobuf.Message;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.wire.JsonForm;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;

/** Reads and writes the contract's messages as JSON in requests and responses. */
final class ContractJson implements HttpMessageConverter<Message> {

    /** As many bytes as a gRPC message may have by default. */
    static final int MOST_BYTES = 4 * 1024 * 1024;

    private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON);

    private final Map<Class<?>, Message> empty = new ConcurrentHashMap<>();

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return Message.class.isAssignableFrom(type)
                && mediaType != null
                && MediaType.APPLICATION_JSON.includes(mediaType);
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return Message.class.isAssignableFrom(type)
                && (mediaType == null || mediaType.isCompatibleWith(MediaType.APPLICATION_JSON));
    }

    @Override
    public List<MediaType> getSupportedMediaTypes() {
        return JSON;
    }

    @Override
    public Message read(Class<? extends Message> type, HttpInputMessage request) throws IOException {
        byte[] body = request.getBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new RequestRefused(Problem.of(
                    Failures.TOO_LARGE,
                    "The body has more than " + MOST_BYTES + " bytes (expected: at most so many)."));
        }
        return JsonForm.read(body, empty.computeIfAbsent(type, ContractJson::defaultInstance));
    }

    @Override
    public void write(Message message, @Nullable MediaType mediaType, HttpOutputMessage response) throws IOException {
        byte[] body = JsonForm.write(message);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(body.length);
        response.getBody().write(body);
    }

    private static Message defaultInstance(Class<?> type) {
        try {
            Method getDefaultInstance = type.getMethod("getDefaultInstance");
            return (Message) getDefaultInstance.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("every generated message has a default instance: " + type, e);
        }
    }
}
