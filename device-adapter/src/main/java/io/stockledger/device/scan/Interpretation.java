package io.stockledger.device.scan;

import io.stockledger.v1.Command;
import io.stockledger.v1.CountLine;
import io.stockledger.v1.ItemRef;

/** What becomes of one scan. */
public sealed interface Interpretation {

    /** The state after the scan, where not said otherwise. */
    DeviceState state();

    /** A command for the ledger, under the document id of the read. */
    record Send(DeviceState state, Command command, String description) implements Interpretation {}

    /** A question to the ledger, worth an answer only now. */
    record Ask(DeviceState state, ItemRef item, String description) implements Interpretation {}

    /** A line of the count that is open. */
    record Counted(DeviceState state, CountLine line, String description) implements Interpretation {}

    /**
     * The count is complete: its lines since the read {@code from} make a command, or several if they are very many.
     *
     * @param state as it is before that, because only who holds the lines knows how many commands they make
     */
    record CloseCount(DeviceState state, long from) implements Interpretation {}

    /** The device was told something; nothing happened to stock. */
    record Told(DeviceState state, String description) implements Interpretation {}

    /** Nothing was guessed: the scan is kept with its bytes and the reason. */
    record Park(DeviceState state, String reason, String detail) implements Interpretation {}
}
