package io.stockledger.connectors.reaction;

import io.stockledger.projections.view.Columns;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** Writes effects in the transaction of whoever asks for them. */
public final class Outbox {

    private static final String WRITE = """
            INSERT INTO connectors.effect
                (key, reaction, target, ordering, position, subject, payload, state, due_since, due_at, tries)
            SELECT c.key, ?, c.target, c.ordering, c.position, c.subject, c.payload, 'due',
                timestamptz 'epoch' + c.now * interval '1 microsecond',
                timestamptz 'epoch' + c.now * interval '1 microsecond', 0
            FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::bigint[])
                AS c (key, target, ordering, position, subject, payload, now)
            ON CONFLICT (key) DO NOTHING""";

    private Outbox() {}

    /** An effect whose key is there already is not written again. */
    public static void write(String reaction, List<NewEffect> effects, Instant now, Connection connection)
            throws SQLException {
        if (effects.isEmpty()) {
            return;
        }
        try (Columns columns = Columns.of(connection, WRITE)) {
            columns.text(reaction)
                    .texts(effects.stream().map(NewEffect::key).toList())
                    .texts(effects.stream().map(NewEffect::target).toList())
                    .texts(effects.stream().map(NewEffect::ordering).toList())
                    .longs(effects.stream().map(NewEffect::position).toList())
                    .texts(effects.stream().map(NewEffect::subject).toList())
                    .texts(effects.stream().map(NewEffect::payload).toList())
                    .micros(Collections.nCopies(effects.size(), now))
                    .write();
        }
    }
}
