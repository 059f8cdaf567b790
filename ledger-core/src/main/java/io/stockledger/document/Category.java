package io.stockledger.document;

/** What kind of no a refusal is; the edges map it to a status. */
public enum Category {
    /** The ledger's state does not allow it now. */
    STATE_DOES_NOT_ALLOW,
    /** It could never be right. */
    NEVER_VALID,
    /** It names something that the ledger does not know. */
    UNKNOWN,
    /** The document id stands for other content. Not stored. */
    ID_REUSED,
    /** Somebody changed it since the caller looked. */
    VERSION_MOVED,
    /** The principal may not do it. Not stored: another principal may send the document. */
    NOT_ALLOWED
}
