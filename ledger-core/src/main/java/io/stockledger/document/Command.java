package io.stockledger.document;

import java.util.Set;

/**
 * What a caller wants the ledger to do, under a document id of the caller's choice. Implementations are records
 * that throw {@link InvalidCommand} from their constructors, so that one that exists is well formed.
 */
public interface Command {

    /** The document that this command makes. */
    DocumentRef document();

    /** The locations whose stock it names; others may turn out only when it is decided. */
    default Set<String> locations() {
        return Set.of();
    }

    /** What the command is called everywhere, for example {@code record-sale}. */
    String name();

    /**
     * A digest of all content but the document id, not ended yet; see {@link Fingerprint}. What a caller saw of the
     * ledger, as an expected version, is no content.
     */
    Fingerprint fingerprint();
}
