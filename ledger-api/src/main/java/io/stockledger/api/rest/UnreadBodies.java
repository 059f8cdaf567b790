package io.stockledger.api.rest;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Closes the connection of who was answered before all of the body had come. Tomcat would read on until it has, and a
 * thread would wait for each who is slow to send what nobody wants.
 */
final class UnreadBodies extends ValveBase {

    /** A body that was sent together with the head is a moment behind it at most. */
    private static final Duration MOMENT = Duration.ofMillis(5);

    private static final int MOMENTS = 4;

    UnreadBodies() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (request.isAsync()) {
            return;
        }
        for (int moment = 0; isStillComing(request.getCoyoteRequest()); moment++) {
            if (moment == MOMENTS) {
                request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
                return;
            }
            LockSupport.parkNanos(MOMENT.toNanos());
        }
    }

    private static boolean isStillComing(org.apache.coyote.Request request) {
        AtomicBoolean wasRead = new AtomicBoolean();
        request.action(ActionCode.REQUEST_BODY_FULLY_READ, wasRead);
        if (wasRead.get()) {
            return false;
        }
        request.action(ActionCode.AVAILABLE, true);
        long length = request.getContentLengthLong();
        return length < 0 || request.getBytesRead() + request.getAvailable() < length;
    }
}
