package io.stockledger.document;

/**
 * Something that happened, immutable once stored. All facts of one kind of stream stand in one sealed file
 * beside the state that they make. Their stored names stand in {@code FactNames}.
 */
public interface Fact {}
