package io.stockledger.eventstore.postgres;

import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows fetched a batch at a time, each batch starting behind the last row of the one before: no cursor, no transaction
 * held open while somebody handles the rows.
 */
final class KeysetSpliterator<T> extends AbstractSpliterator<T> {
    /** Whether rows may still come after a batch that was not full. */
    enum End {
        IS_FINAL,
        /** Axon asks the same stream again for what was appended since it ran dry. */
        MAY_MOVE
    }

    private final Function<@Nullable T, List<T>> fetchBehind;
    private final End end;
    private final int fetchSize;
    private Iterator<T> rows = List.<T>of().iterator();
    private @Nullable T last;
    private boolean atEnd;

    KeysetSpliterator(Function<@Nullable T, List<T>> fetchBehind, End end, int fetchSize) {
        super(Long.MAX_VALUE, Spliterator.NONNULL | Spliterator.ORDERED | Spliterator.DISTINCT);
        this.fetchBehind = fetchBehind;
        this.end = end;
        this.fetchSize = fetchSize;
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        if (!rows.hasNext()) {
            if (atEnd) {
                return false;
            }
            List<T> batch = fetchBehind.apply(last);
            atEnd = end == End.IS_FINAL && batch.size() < fetchSize;
            rows = batch.iterator();
            if (!rows.hasNext()) {
                return false;
            }
        }
        T row = rows.next();
        last = row;
        action.accept(row);
        return true;
    }
}
