package io.stockledger.projections.drift;

import java.util.List;
import java.util.SortedSet;

/** What became of an upload. */
public sealed interface SnapshotUpload {

    /** @param repeated whether the same content had been uploaded under this id before */
    record Stored(ErpSnapshot snapshot, boolean repeated) implements SnapshotUpload {}

    /**
     * Nothing was stored.
     *
     * @param errors the first of them, at most 100
     */
    record Unreadable(List<LineError> errors) implements SnapshotUpload {
        public Unreadable {
            errors = List.copyOf(errors);
        }
    }

    /** Nothing was stored: this id stands for other content. */
    record IdTaken(ErpSnapshot existing) implements SnapshotUpload {}

    /**
     * Nothing was stored: it also holds other locations than its uploader may speak for.
     *
     * @param locations the others, in order
     */
    record HoldsOthers(SortedSet<String> locations) implements SnapshotUpload {}
}
