package io.stockledger.api.rest;

import com.google.protobuf.Message;
import io.stockledger.api.gate.Answers;
import io.stockledger.api.gate.Asker;
import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.rest.RouteTable.Entry;
import io.stockledger.api.rest.RouteTable.Place;
import io.stockledger.api.security.Login;
import io.stockledger.api.wire.MalformedRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * REST's one door for the contract: every method that has a route is found, permitted, read and answered here, before
 * Spring Security and Spring MVC, which cost more than a command does. What the contract does not have goes on to them.
 */
final class RestDoor extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final byte[] NONE = {};

    /** As who sent none is told. */
    static final String WHERE_CREDENTIALS_ARE = "header 'Authorization: Bearer …'";

    private final transient RouteTable routes;
    private final transient Keeper keeper;
    private final transient ProblemCounts counts;
    private final transient DoorTimes times;
    private final transient Bodies bodies = new Bodies();

    /** Knows who asks. */
    interface Keeper {

        /** Whether somebody further on knows. */
        boolean sendsOn(HttpServletRequest request);

        /** @throws io.stockledger.api.problem.RequestRefused when nobody knows */
        Login logIn(HttpServletRequest request);
    }

    RestDoor(Answers answers, Keeper keeper, ProblemCounts counts, DoorTimes times) {
        this.routes = RouteTable.of(answers);
        this.keeper = keeper;
        this.counts = counts;
        this.times = times;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Place> place = routes.find(request.getRequestURI());
        if (place.isEmpty() || keeper.sendsOn(request)) {
            chain.doFilter(request, response);
            return;
        }
        long began = System.nanoTime();
        String verb = request.getMethod();
        // A HEAD is answered like a GET; the server leaves the body away.
        @Nullable Entry entry = place.get().byVerb().get(verb.equals("HEAD") ? "GET" : verb);
        CompletableFuture<Message> asked = ask(request, response, place.get(), entry);
        PendingAnswer.give(request, response, asked, (message, failure) -> {
            HttpAnswer answer = answer(request, message, failure, place.get(), entry);
            times.took(verb, entry, answer.status(), System.nanoTime() - began);
            return answer;
        });
    }

    /** Never throws: whatever is wrong is the future's {@link RequestRefused}. */
    private CompletableFuture<Message> ask(
            HttpServletRequest request, HttpServletResponse response, Place place, @Nullable Entry entry) {
        @Nullable String principal = null;
        try {
            Asker asker = asker(request, entry);
            principal = asker.name();
            if (entry == null) {
                throw new RequestRefused(Problem.of(
                        Failures.METHOD_NOT_ALLOWED,
                        request.getMethod() + " " + request.getRequestURI() + " (expected: one of "
                                + place.byVerb().keySet() + ")."));
            }
            DoorRequest.requireJson(request, entry.route().hasBody());
            entry.answering().require(asker);
            CompletableFuture<byte[]> body = entry.route().hasBody()
                    ? bodies.read(request, response, DoorRequest.most(entry))
                    : CompletableFuture.completedFuture(NONE);
            return body.exceptionally(failure -> {
                        throw counts.refused(failure);
                    })
                    .thenCompose(read -> answer(request, place, entry, asker, read));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(counts.refused(e, principal, request.getRemoteAddr()));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(
                    counts.refused(new MalformedRequest("", "the body cannot be read to its end")));
        }
    }

    private CompletableFuture<Message> answer(
            HttpServletRequest request, Place place, Entry entry, Asker asker, byte[] body) {
        try {
            return entry.answering().answer(DoorRequest.read(request, entry, place.variables(), body), asker);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(counts.refused(e));
        }
    }

    private Asker asker(HttpServletRequest request, @Nullable Entry entry) {
        boolean open = entry != null && entry.answering().isOpen();
        return new Asker(open ? null : keeper.logIn(request), request.getRemoteAddr(), RequestIds.of(request));
    }

    private static HttpAnswer answer(
            HttpServletRequest request,
            @Nullable Message message,
            @Nullable Throwable failure,
            Place place,
            @Nullable Entry entry) {
        if (message != null && entry != null) {
            return EntityTags.tagged(
                    HttpAnswer.of(message, entry.method().operation().getSecret() ? 201 : 200), message, request);
        }
        HttpAnswer refused = ProblemJson.answer(
                Failures.problem(failure == null ? new IllegalStateException("neither answer nor failure") : failure),
                RequestIds.of(request));
        // Who shows nothing is not told what there is.
        return refused.status() == HttpServletResponse.SC_METHOD_NOT_ALLOWED
                ? refused.with("Allow", String.join(", ", place.byVerb().keySet()))
                : refused;
    }
}
