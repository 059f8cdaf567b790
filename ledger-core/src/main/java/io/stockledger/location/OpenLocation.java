package io.stockledger.location;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;
import java.util.Set;

/** Makes a location known, so that stock can be there. */
public record OpenLocation(DocumentRef document, String location, String locationName, LocationKind kind)
        implements Command {

    public OpenLocation {
        document.mustBe(DocumentRef.Kind.INSTRUCTION);
        Check.code("location", location);
        Check.name("name", locationName, 200);
        Check.present("kind", kind);
    }

    @Override
    public Set<String> locations() {
        return Set.of(location);
    }

    @Override
    public String name() {
        return "open-location";
    }

    @Override
    public Fingerprint fingerprint() {
        return Fingerprint.of("open-location/1")
                .field("location", location)
                .field("name", locationName)
                .field("kind", kind.name());
    }
}
