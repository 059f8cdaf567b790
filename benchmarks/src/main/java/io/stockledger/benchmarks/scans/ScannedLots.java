package io.stockledger.benchmarks.scans;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.api.store.PostgresFacts;
import io.stockledger.benchmarks.Workbench.Database;
import io.stockledger.eventstore.postgres.PostgresEventStoreOptions;
import io.stockledger.ledger.FactFeed;
import io.stockledger.ledger.StoredFact;
import io.stockledger.receiving.ReceivingFact.GoodsReceived;
import io.stockledger.receiving.ReceivingFact.ReceivedLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The lots of the scans of each device, in the order in which the ledger's store has their receipts. */
record ScannedLots(List<List<Integer>> ofDevice) {

    private static final Duration NO_MORE = Duration.ofMillis(200);

    static ScannedLots in(Database database, int devices) throws InterruptedException {
        List<List<Integer>> lots = new ArrayList<>();
        for (int device = 0; device < devices; device++) {
            lots.add(new ArrayList<>());
        }
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setMaximumPoolSize(2);
        try (HikariDataSource pool = new HikariDataSource(config);
                PostgresFacts facts =
                        PostgresFacts.connect(database.dataSource(), pool, PostgresEventStoreOptions.standard());
                FactFeed.Reader reader = facts.store().open(0)) {
            for (List<StoredFact> next = reader.next(1_000, NO_MORE);
                    !next.isEmpty();
                    next = reader.next(1_000, NO_MORE)) {
                for (StoredFact fact : next) {
                    if (fact.fact() instanceof GoodsReceived received) {
                        received.lines().forEach(line -> add(line, lots));
                    }
                }
            }
        }
        return new ScannedLots(lots);
    }

    private static void add(ReceivedLine line, List<List<Integer>> lots) {
        for (int device = 0; device < lots.size(); device++) {
            if (line.sku().equals(Counter.sku(device)) && line.lot() != null) {
                lots.get(device).add(Integer.parseInt(line.lot().substring(1)));
            }
        }
    }

    int count() {
        return ofDevice.stream().mapToInt(List::size).sum();
    }

    /**
     * @param told how many scans each scanner was told are safe; these have the lots 1 to this number
     * @return what is not as it must be, each a sentence
     */
    List<String> faults(List<Integer> told) {
        List<String> faults = new ArrayList<>();
        for (int device = 0; device < told.size(); device++) {
            List<Integer> effects = ofDevice.get(device);
            int[] times = new int[told.get(device) + 1];
            int before = 0;
            for (int lot : effects) {
                if (lot >= times.length) {
                    faults.add(scan(device, lot) + " has an effect and was never told safe (expected: the last is "
                            + (times.length - 1) + ")");
                } else if (++times[lot] == 2) {
                    faults.add(scan(device, lot) + " has two effects: doubled");
                }
                if (lot < before) {
                    faults.add(scan(device, lot) + " came after scan " + before + ": out of order");
                }
                before = lot;
            }
            for (int lot = 1; lot < times.length; lot++) {
                if (times[lot] == 0) {
                    faults.add(scan(device, lot) + " was told safe and has no effect: lost");
                }
            }
        }
        return faults;
    }

    private static String scan(int device, int lot) {
        return "scan " + lot + " of device " + device;
    }
}
