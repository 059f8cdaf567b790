package io.stockledger.reservation;

/** What has become of a reservation. */
public enum ReservationState {
    LIVING,
    RELEASED,
    /** An order took all that it still held. */
    CONFIRMED,
    /** Its time ran out. */
    LAPSED
}
