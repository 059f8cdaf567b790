package io.stockledger.api.rest;

import io.stockledger.api.gate.AvailabilityWatches;
import io.stockledger.api.gate.Sink;
import io.stockledger.api.gate.Sink.ReaderGone;
import io.stockledger.api.gate.Subscription;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Login;
import io.stockledger.api.wire.JsonForm;
import io.stockledger.v1.AvailabilityChange;
import io.stockledger.v1.WatchRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Sends changes as server-sent events: {@code event: level}, the position as id, the change as data. */
final class SseWatcher implements Sink<AvailabilityChange> {

    /** Browsers come back by themselves. */
    private static final long WITHOUT_TIMEOUT = 0L;

    private final SseEmitter events = new SseEmitter(WITHOUT_TIMEOUT);

    private SseWatcher() {}

    static SseEmitter open(AvailabilityWatches watches, WatchRequest request, Login login) {
        SseWatcher watcher = new SseWatcher();
        // So that the caller sees at once that it is connected, and not only with the first change.
        watcher.comment("watching");
        Subscription<AvailabilityChange> watch = watches.open(request, login, watcher);
        watcher.events.onCompletion(watch::close);
        watcher.events.onError(failure -> watch.close());
        return watcher.events;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void send(AvailabilityChange change) {
        send(SseEmitter.event()
                .id(String.valueOf(change.getPosition()))
                .name("level")
                .data(new String(JsonForm.write(change), StandardCharsets.UTF_8)));
    }

    @Override
    public void heartbeat() {
        comment("still here");
    }

    @Override
    public void fail(RequestRefused refused) {
        events.completeWithError(refused);
    }

    @Override
    public void end() {
        events.complete();
    }

    private void comment(String text) {
        send(SseEmitter.event().comment(text));
    }

    private void send(SseEmitter.SseEventBuilder event) {
        try {
            events.send(event);
        } catch (IOException | IllegalStateException e) {
            throw new ReaderGone(e);
        }
    }
}
