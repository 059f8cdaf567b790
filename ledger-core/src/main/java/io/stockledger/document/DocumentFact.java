package io.stockledger.document;

/** The facts that any kind of document may begin with. */
public sealed interface DocumentFact extends Fact {

    /** The command was refused; a retry under the same id gets the same refusal. */
    record CommandRefused(String command, Refusal refusal) implements DocumentFact {}

    /**
     * A command whose whole effect is on other streams was accepted.
     *
     * @param command what was asked, for example {@code set-safety-stock}
     * @param subject the stream that it was about, for example {@code stock:0001@berlin-1}
     */
    record InstructionAccepted(String command, String subject) implements DocumentFact {}
}
