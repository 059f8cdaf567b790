package io.stockledger.projections.drift;

import java.time.Instant;

/**
 * An ERP's stock as it was uploaded.
 *
 * @param takenAt the instant of which its figures are
 * @param lines how many it has
 */
public record ErpSnapshot(String id, Instant takenAt, Instant uploadedAt, String uploadedBy, int lines) {}
