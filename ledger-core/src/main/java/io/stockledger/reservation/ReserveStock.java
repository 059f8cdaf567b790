package io.stockledger.reservation;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;
import io.stockledger.item.ItemLines.Asked;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Promises units to somebody until an instant: all lines or none.
 *
 * @param location null: the ledger chooses
 * @param timeToLive from the record time, in whole microseconds as stores and views keep instants
 */
public record ReserveStock(
        DocumentRef document, String channel, @Nullable String location, Duration timeToLive, List<Asked> lines)
        implements Command {

    public ReserveStock {
        document.mustBe(DocumentRef.Kind.RESERVATION);
        Check.code("channel", channel);
        location = Check.optionalCode("location", location);
        timeToLive = TimeToLive.check(timeToLive);
        lines = Check.lines("lines", lines);
        Check.each("lines", lines, line -> Check.positive("lines.quantity", line.quantity()));
    }

    @Override
    public Set<String> locations() {
        return location == null ? Set.of() : Set.of(location);
    }

    @Override
    public String name() {
        return "reserve-stock";
    }

    @Override
    public Fingerprint fingerprint() {
        Fingerprint fingerprint = Fingerprint.of("reserve-stock/1")
                .field("channel", channel)
                .field("location", location)
                .field("timeToLive", timeToLive.toString())
                .field("lines");
        for (Asked line : lines) {
            line.item().addTo(fingerprint);
            fingerprint.with(line.quantity());
        }
        return fingerprint;
    }
}
