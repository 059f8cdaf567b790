package io.stockledger.projections.drift;

/**
 * What is wrong with a line of an uploaded file.
 *
 * @param line from 1, with the header
 * @param field the column's name; empty when the line as a whole is wrong
 * @param message the value found and what was expected
 */
public record LineError(long line, String field, String message) {}
