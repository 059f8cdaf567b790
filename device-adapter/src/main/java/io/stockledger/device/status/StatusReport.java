package io.stockledger.device.status;

import io.stockledger.device.journal.Journal;
import io.stockledger.device.journal.Read;
import io.stockledger.device.scan.DeviceState;
import io.stockledger.device.uplink.LinkHealth;
import io.stockledger.device.uplink.Uplink;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Puts together what is true now. */
final class StatusReport {

    private static final int MOST_PARKED = 100;

    private final Collection<WatchedDevice> devices;
    private final Journal journal;
    private final Uplink uplink;
    private final Clock clock;

    StatusReport(Collection<WatchedDevice> devices, Journal journal, Uplink uplink, Clock clock) {
        this.devices = devices;
        this.journal = journal;
        this.uplink = uplink;
        this.clock = clock;
    }

    /** Everything that the page and the JSON show. */
    record Now(Instant at, LinkHealth.Snapshot ledger, List<Device> devices, List<Read> parked) {}

    /** One device. */
    record Device(
            String name,
            String location,
            String source,
            String profile,
            String mode,
            Optional<BigDecimal> quantity,
            long sequence,
            DeviceBoard.Snapshot board,
            Journal.Backlog backlog) {}

    Now now() {
        List<Device> rows = new ArrayList<>();
        for (WatchedDevice device : devices) {
            DeviceState state = device.desk().state();
            rows.add(new Device(
                    device.name(),
                    device.location(),
                    device.source(),
                    device.profile(),
                    state.mode().word(),
                    state.quantity(),
                    state.sequence(),
                    device.board().snapshot(),
                    journal.backlog(device.name())));
        }
        return new Now(clock.instant(), uplink.health(), rows, journal.parked(MOST_PARKED));
    }
}
