package io.stockledger.api.problem;

/** Carries a problem to the edge that tells it. Has no stack trace, because a refusal is an answer and not a fault. */
public final class RequestRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public RequestRefused(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
