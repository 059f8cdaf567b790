package io.stockledger.api.client;

import io.stockledger.v1.Accepted;
import io.stockledger.v1.Failed;

/** What became of a command that was sent. */
public sealed interface Verdict {

    /** @param answer says in {@code repeated} whether it had been accepted before */
    record Taken(Accepted answer) implements Verdict {}

    /** It was refused, and would be again. */
    record Refused(Failed why) implements Verdict {

        /** As in docs/refusals.md, for example {@code INSUFFICIENT_STOCK}. */
        public String reason() {
            return why.getReason().isEmpty()
                    ? io.grpc.Status.fromCodeValue(why.getCode()).getCode().name()
                    : why.getReason();
        }

        public String message() {
            return why.getMessage();
        }
    }
}
