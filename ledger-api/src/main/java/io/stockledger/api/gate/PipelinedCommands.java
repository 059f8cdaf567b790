package io.stockledger.api.gate;

import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.wire.CommandWires;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.Command;
import java.util.concurrent.CompletableFuture;

/**
 * The commands of one caller that come one behind the other, none of which waits for the answer to the one before. Each
 * needs the permission of its own method, and credentials that are still good.
 */
public final class PipelinedCommands {

    /** Enough to keep batches full over one connection; a stream's share of the ledger's queue. */
    public static final int MOST_IN_FLIGHT = 1_024;

    private final CommandGate gate;
    private final Asker asker;

    public PipelinedCommands(CommandGate gate, Asker asker) {
        this.gate = gate;
        this.asker = asker;
    }

    /**
     * Whatever is wrong with the command is told by the future.
     *
     * @throws RequestRefused when the credentials are good no more, and so neither is what comes behind it
     */
    public CompletableFuture<Accepted> send(Command envelope) {
        asker.login().requireGood();
        try {
            return gate.send(CommandWires.open(envelope), asker);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
