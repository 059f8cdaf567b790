package io.stockledger.device.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The database file that the journal is kept in, held by one process at a time.
 *
 * <p>Write-ahead log with {@code synchronous=FULL}: a commit returns when the log is on the disk.
 */
final class JournalFile implements Closeable {

    private static final int VERSION = 1;
    private static final String[] TABLES = {
        "CREATE TABLE incarnation (only INTEGER PRIMARY KEY CHECK (only = 1), id TEXT NOT NULL)",
        """
        CREATE TABLE device (
          name TEXT PRIMARY KEY,
          sequence INTEGER NOT NULL,
          mode TEXT NOT NULL,
          quantity TEXT,
          transfer_to TEXT NOT NULL,
          purchase_order TEXT NOT NULL,
          sale TEXT NOT NULL,
          count_from INTEGER NOT NULL,
          acknowledged INTEGER NOT NULL
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE read (
          place INTEGER PRIMARY KEY AUTOINCREMENT,
          device TEXT NOT NULL,
          sequence INTEGER NOT NULL,
          read_at INTEGER NOT NULL,
          raw BLOB NOT NULL,
          mode TEXT NOT NULL,
          quantity TEXT,
          state TEXT NOT NULL,
          attempt INTEGER NOT NULL,
          document_id TEXT NOT NULL,
          message BLOB NOT NULL,
          description TEXT NOT NULL,
          reason TEXT NOT NULL,
          detail TEXT NOT NULL,
          settled_at INTEGER,
          UNIQUE (device, sequence)
        )
        """,
        "CREATE INDEX read_pending ON read (device, place) WHERE state = 'PENDING'",
        "CREATE INDEX read_kept ON read (state, place) WHERE state IN ('PARKED', 'COUNTED')",
        "CREATE INDEX read_settled ON read (settled_at) WHERE settled_at IS NOT NULL"
    };

    private final Path file;
    private final FileChannel lockChannel;
    private final FileLock lock;

    private JournalFile(Path file, FileChannel lockChannel, FileLock lock) {
        this.file = file;
        this.lockChannel = lockChannel;
        this.lock = lock;
    }

    /** Takes the file for this process, and makes it if there is none. */
    static JournalFile open(Path folder) {
        Path file = folder.resolve("journal.sqlite");
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    folder.resolve("journal.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new JournalFailure("journal: " + file + " is held by another adapter (expected: one per folder)");
            }
            JournalFile journal = new JournalFile(file, channel, lock);
            journal.prepare();
            return journal;
        } catch (IOException e) {
            throw new JournalFailure("journal: " + file + " cannot be opened: " + e.getMessage(), e, false);
        } catch (SQLException e) {
            throw failure("opened", e);
        }
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private void prepare() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            int version = statement.executeQuery("PRAGMA user_version").getInt(1);
            if (version > VERSION) {
                throw new JournalFailure("journal: " + file + " is of version " + version + " (expected: at most "
                        + VERSION + "; it was written by a newer adapter)");
            }
            if (version == 0) {
                connection.setAutoCommit(false);
                for (String table : TABLES) {
                    statement.execute(table);
                }
                byte[] id = new byte[4];
                new SecureRandom().nextBytes(id);
                statement.execute(
                        "INSERT INTO incarnation VALUES (1, '" + HexFormat.of().formatHex(id) + "')");
                statement.execute("PRAGMA user_version = " + VERSION);
                connection.commit();
            }
        }
    }

    Connection connect() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(5_000);
        return DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
    }

    static JournalFailure failure(String verb, Exception e) {
        boolean full = e instanceof SQLiteException sqlite && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
        return new JournalFailure(
                "journal: cannot be " + verb + (full ? ": no room left" : ": " + e.getMessage()), e, full);
    }

    @Override
    public void close() throws IOException {
        if (lock.isValid()) {
            lock.release();
        }
        lockChannel.close();
    }
}
