package io.stockledger.api.start;

import io.stockledger.api.wiring.StartRefused;
import io.stockledger.postgres.EmbeddedPostgresFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.core.NestedRuntimeException;

/**
 * Tells why the service did not start: the one cause, in a sentence, last. How it came to that stands in the log, where the
 * cause is no mistake of the set-up.
 */
public final class FailedStart implements SpringBootExceptionReporter {

    private static final Logger LOG = LoggerFactory.getLogger(FailedStart.class);
    private static final int FAILED = 1;

    /** How messages of ours say what the operator is to do; whoever reads one needs no trace. */
    private static final String TOLD = "expected: ";

    @Override
    public boolean reportException(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof StartRefused
                || cause instanceof EmbeddedPostgresFailed
                || sentence(failure).contains(TOLD)) {
            LOG.debug("The service did not start", failure);
        } else {
            LOG.error("The service did not start", failure);
        }
        return true;
    }

    /** @return the process's exit code */
    @SuppressWarnings("SystemOut") // for who started it, after the log
    public static int tell(Throwable failure) {
        Throwable cause = cause(failure);
        System.err.println("\n  Stockledger did not start.\n\n"
                + sentence(failure).indent(4).stripTrailing() + "\n");
        System.err.flush();
        return cause instanceof ExitCodeGenerator code ? code.getExitCode() : FAILED;
    }

    /** Spring wraps what it meets; ours say more than what they were caused by. */
    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        for (Throwable next = failure; next != null && isWrapper(cause); next = next.getCause()) {
            cause = next;
        }
        return cause;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof NestedRuntimeException
                || (failure instanceof WebServerException && !(failure instanceof PortInUseException))
                || (failure instanceof BindException && failure.getCause() instanceof BindValidationException);
    }

    /** What the operator has to know, without traces and names of classes. */
    public static String sentence(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof BindValidationException wrong) {
            return WrongSettings.sentences(wrong);
        }
        if (cause instanceof BindException wrong) {
            return WrongSettings.sentence(wrong);
        }
        if (cause instanceof InvalidConfigurationPropertyValueException wrong) {
            return wrong.getName() + ": " + wrong.getValue() + " (" + wrong.getReason() + ")";
        }
        if (cause instanceof PortInUseException taken) {
            return "port " + taken.getPort() + " is taken by another program (expected: a free one)";
        }
        String message = cause.getMessage();
        return message == null ? cause.toString() : message;
    }
}
