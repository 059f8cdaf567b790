package io.stockledger.device.journal;

import com.google.protobuf.ByteString;
import io.stockledger.device.scan.DeviceState;
import io.stockledger.device.scan.Mode;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The durable memory of all devices. What has completed is on the disk, but for {@link #answered}.
 *
 * <p>One thread writes, many writes to a commit; reading goes on beside it. Every method may be called by any thread.
 */
public final class Journal implements Closeable {

    private static final String COLUMNS =
            "device, sequence, read_at, raw, mode, quantity, state, attempt, document_id, message, description, reason,"
                    + " detail";

    private final JournalFile file;
    private final JournalWriter writer;
    private final Connection reading;
    private final String incarnation;

    private Journal(JournalFile file, JournalWriter writer, Connection reading, String incarnation) {
        this.file = file;
        this.writer = writer;
        this.reading = reading;
        this.incarnation = incarnation;
    }

    /**
     * Opens the journal in {@code folder}, or makes it.
     *
     * @throws JournalFailure if another process holds it, or it cannot be read
     */
    public static Journal open(Path folder) {
        JournalFile file = JournalFile.open(folder);
        try {
            Connection reading = file.connect();
            String incarnation;
            try (PreparedStatement statement = reading.prepareStatement("SELECT id FROM incarnation")) {
                incarnation = statement.executeQuery().getString(1);
            }
            return new Journal(file, new JournalWriter(file.connect()), reading, incarnation);
        } catch (SQLException e) {
            throw JournalFile.failure("opened", e);
        }
    }

    /**
     * A name that no other journal has. It is part of every document id, so that the reads of a journal that was lost or
     * replaced never pass for those of this one.
     */
    public String incarnation() {
        return incarnation;
    }

    /**
     * Keeps reads and the state that the device is in after them, all or nothing.
     *
     * @return completed when they are on the disk; failed with {@link JournalFailure} if they could not be kept
     */
    public CompletableFuture<Void> append(String device, List<Read> reads, DeviceState after) {
        return writer.write(connection -> {
            for (Read read : reads) {
                JournalStatements.insert(connection, read);
            }
            JournalStatements.keepState(connection, device, after);
        });
    }

    /** Notes that the scanner was told of the read, so that it will not be sent again by the scanner. */
    public CompletableFuture<Void> acknowledge(String device, long sequence) {
        return writer.write(connection -> JournalStatements.acknowledge(connection, device, sequence));
    }

    /**
     * Notes what the ledger said; a power cut may undo it, after which the read is sent again and the ledger gives the
     * same answer. So no scan waits for the flush of another one's answer.
     */
    public CompletableFuture<Void> answered(Read read, Instant at) {
        return writer.writeUnflushed(connection -> JournalStatements.settle(connection, read, at));
    }

    /** Notes what a person decided. */
    public CompletableFuture<Void> settle(Read read, Instant at) {
        return writer.write(connection -> JournalStatements.settle(connection, read, at));
    }

    /** Puts a parked read behind everything that waits, under a new document id and with a new command. */
    public CompletableFuture<Void> sendAnew(Read read) {
        return writer.write(connection -> JournalStatements.sendAnew(connection, read));
    }

    /** Closes a count: its lines are settled and the reads that hold its commands are appended, all or nothing. */
    public CompletableFuture<Void> closeCount(
            String device, long from, List<Read> commands, DeviceState after, Instant at) {
        return writer.write(connection -> {
            JournalStatements.settleCounted(connection, device, from, at);
            for (Read read : commands) {
                JournalStatements.insert(connection, read);
            }
            JournalStatements.keepState(connection, device, after);
        });
    }

    /** Drops settled reads that are older than {@code before}, some thousand at a time. */
    public CompletableFuture<Void> forget(Instant before) {
        return writer.write(connection -> JournalStatements.forget(connection, before));
    }

    /** Lets the file grow no further, as a full disk does. */
    CompletableFuture<Void> limitPages(int most) {
        return writer.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA max_page_count = " + most);
            }
        });
    }

    /** What the device was left in, and the last of its reads that its scanner was told of. */
    public synchronized Optional<KeptState> state(String device) {
        try (PreparedStatement statement = reading.prepareStatement(
                "SELECT sequence, mode, quantity, transfer_to, purchase_order, sale, count_from, acknowledged FROM device"
                        + " WHERE name = ?")) {
            statement.setString(1, device);
            ResultSet row = statement.executeQuery();
            if (!row.next()) {
                return Optional.empty();
            }
            DeviceState state = new DeviceState(
                    row.getLong(1),
                    Mode.valueOf(row.getString(2)),
                    Optional.ofNullable(row.getString(3)).map(BigDecimal::new),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getLong(7));
            return Optional.of(new KeptState(state, row.getLong(8)));
        } catch (SQLException e) {
            throw JournalFile.failure("read", e);
        }
    }

    /** A device's state, and the sequence of the last read that its scanner was told of. */
    public record KeptState(DeviceState state, long acknowledged) {}

    /** A read that waits, and its place in the line. */
    public record Waiting(long place, Read read) {}

    /** The next read of the device that waits behind {@code place}, if any. */
    public synchronized Optional<Waiting> nextPending(String device, long place) {
        String query = "SELECT place, " + COLUMNS
                + " FROM read WHERE state = 'PENDING' AND device = ? AND place > ? ORDER BY place LIMIT 1";
        try (PreparedStatement statement = reading.prepareStatement(query)) {
            statement.setString(1, device);
            statement.setLong(2, place);
            ResultSet row = statement.executeQuery();
            return row.next() ? Optional.of(new Waiting(row.getLong(1), read(row, 2))) : Optional.empty();
        } catch (SQLException e) {
            throw JournalFile.failure("read", e);
        }
    }

    public synchronized Optional<Read> find(String device, long sequence) {
        List<Read> found = select("device = ? AND sequence = ?", 1, device, sequence);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    /** The lines of a count that began with the read {@code from}. */
    public synchronized List<Read> counted(String device, long from) {
        return select("state = 'COUNTED' AND device = ? AND sequence >= ? ORDER BY sequence", -1, device, from);
    }

    /** Reads that a person should look at, newest first. */
    public synchronized List<Read> parked(int most) {
        return select("state = 'PARKED' ORDER BY place DESC", most);
    }

    /** How much waits, since when, and how much is parked. */
    public synchronized Backlog backlog(String device) {
        String query = "SELECT (SELECT count(*) FROM read WHERE state = 'PENDING' AND device = ?1),"
                + " (SELECT min(read_at) FROM read WHERE state = 'PENDING' AND device = ?1),"
                + " (SELECT count(*) FROM read WHERE state = 'PARKED' AND device = ?1)";
        try (PreparedStatement statement = reading.prepareStatement(query)) {
            statement.setString(1, device);
            ResultSet row = statement.executeQuery();
            long oldest = row.getLong(2);
            Optional<Instant> since = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(oldest));
            return new Backlog(row.getLong(1), since, row.getLong(3));
        } catch (SQLException e) {
            throw JournalFile.failure("read", e);
        }
    }

    /**
     * @param pending reads that the ledger has not answered for
     * @param since when the oldest of them was scanned
     * @param parked reads that wait for a person
     */
    public record Backlog(long pending, Optional<Instant> since, long parked) {}

    private List<Read> select(String where, int most, Object... parameters) {
        String query = "SELECT " + COLUMNS + " FROM read WHERE " + where + " LIMIT " + most;
        try (PreparedStatement statement = reading.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            ResultSet rows = statement.executeQuery();
            List<Read> reads = new ArrayList<>();
            while (rows.next()) {
                reads.add(read(rows, 1));
            }
            return reads;
        } catch (SQLException e) {
            throw JournalFile.failure("read", e);
        }
    }

    private static Read read(ResultSet row, int from) throws SQLException {
        return new Read(
                row.getString(from),
                row.getLong(from + 1),
                Instant.ofEpochMilli(row.getLong(from + 2)),
                new String(row.getBytes(from + 3), StandardCharsets.ISO_8859_1),
                Mode.valueOf(row.getString(from + 4)),
                Optional.ofNullable(row.getString(from + 5)),
                ReadState.valueOf(row.getString(from + 6)),
                row.getInt(from + 7),
                row.getString(from + 8),
                ByteString.copyFrom(row.getBytes(from + 9)),
                row.getString(from + 10),
                row.getString(from + 11),
                row.getString(from + 12));
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
        try {
            reading.close();
        } catch (SQLException e) {
            throw new IOException("journal: cannot be closed: " + e.getMessage(), e);
        } finally {
            file.close();
        }
    }
}
