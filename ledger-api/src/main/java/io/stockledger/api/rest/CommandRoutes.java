package io.stockledger.api.rest;

import io.stockledger.api.gate.Asker;
import io.stockledger.api.gate.CommandGate;
import io.stockledger.api.gate.PipelinedCommands;
import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.RequestId;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.CallerAuthentication;
import io.stockledger.api.wire.MalformedRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Many commands in one body, one a line, as a stream has them over gRPC; answered line by line. */
@RestController
final class CommandRoutes {

    /** Each keeps two threads as long as it lasts. */
    static final int MOST_AT_ONCE = 8;

    private static final String LINES = "application/x-ndjson";

    private final CommandGate commands;
    private final ProblemCounts counts;
    private final ExecutorService threads;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    CommandRoutes(CommandGate commands, ProblemCounts counts, @Qualifier("commandLines") ExecutorService threads) {
        this.commands = commands;
        this.counts = counts;
        this.threads = threads;
    }

    @PostMapping(path = "/v1/commands", consumes = LINES, produces = LINES)
    void execute(HttpServletRequest request, HttpServletResponse response, CallerAuthentication caller)
            throws IOException {
        DoorRequest.refuseParameters(request);
        if (IdempotencyKey.of(request) != null) {
            throw new MalformedRequest(IdempotencyKey.NAME, "given for many commands (expected: tryId in each)");
        }
        if (!places.tryAcquire()) {
            throw new RequestRefused(Failures.busy("Too many bodies of commands are being read at once."));
        }
        RequestId id = RequestIds.of(request);
        Asker asker = new Asker(caller.login(), request.getRemoteAddr(), id);
        HttpAnswer.head(response, HttpServletResponse.SC_OK, LINES);
        AsyncContext exchange = request.startAsync(request, response);
        exchange.setTimeout(CommandLines.LONGEST.toMillis());
        CommandLines lines = new CommandLines(
                new PipelinedCommands(commands, asker),
                counts,
                id,
                request.getInputStream(),
                response.getOutputStream());
        exchange.addListener(lines);
        threads.execute(lines::read);
        threads.execute(() -> {
            lines.write();
            places.release();
            lines.complete(exchange);
        });
    }
}
