package io.stockledger.benchmarks.crash;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The cable between the service and PostgreSQL. It reads along, so that it can act at a named point of the conversation
 * without any hook in the service: a point is a piece of SQL, and whether PostgreSQL is to have answered it.
 */
public final class DatabaseCable implements AutoCloseable {

    /** SQL that only the writer sends. */
    public static final String APPEND = "INSERT INTO ledger.fact";

    /** SQL that a view sends last, before it commits. */
    public static final String VIEW_POSITION = "UPDATE view_position";

    private static final int LARGEST_MESSAGE = 1 << 30;

    private final ServerSocket listening;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();
    private volatile boolean down;

    /**
     * @param sql what the statement holds
     * @param answered true: acts when PostgreSQL has answered, and the service never sees that answer; false: acts
     *     before PostgreSQL gets the statement, which it then never does
     * @param action runs once; both ends of that connection are closed right after
     */
    public record Trap(String sql, boolean answered, Runnable action) {}

    private DatabaseCable(ServerSocket listening, int server) {
        this.listening = listening;
        this.server = server;
    }

    /** @param server PostgreSQL's port on the loopback */
    public static DatabaseCable to(int server) throws IOException {
        DatabaseCable cable = new DatabaseCable(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        daemon(cable::accept, "cable-accept");
        return cable;
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Replaces a trap that was not sprung. */
    public void set(Trap next) {
        trap.set(next);
    }

    public void clear() {
        trap.set(null);
    }

    /** Cuts every connection; with {@code stayDown} new ones are cut too until {@link #restore}. */
    public void cut(boolean stayDown) {
        down = stayDown;
        open.forEach(DatabaseCable::close);
    }

    public void restore() {
        down = false;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket service = listening.accept();
                if (down) {
                    close(service);
                } else {
                    connect(service);
                }
            } catch (IOException e) {
                // This cable was closed.
            }
        }
    }

    private void connect(Socket service) {
        try {
            Socket database = new Socket(InetAddress.getLoopbackAddress(), server);
            service.setTcpNoDelay(true);
            database.setTcpNoDelay(true);
            open.add(service);
            open.add(database);
            Connection connection = new Connection(service, database);
            daemon(connection::toDatabase, "cable-to-database");
            daemon(connection::toService, "cable-to-service");
        } catch (IOException e) {
            // The server is away, and the service is to find out.
            close(service);
        }
    }

    /** One connection: statements are held back until they are whole, so that a trap sees them before PostgreSQL. */
    private final class Connection {

        private final Socket service;
        private final Socket database;
        private final Map<String, String> prepared = new HashMap<>();
        private final Map<String, String> portals = new HashMap<>();
        private volatile @Nullable Trap sprung;

        Connection(Socket service, Socket database) {
            this.service = service;
            this.database = database;
        }

        void toDatabase() {
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(service.getInputStream()))) {
                OutputStream out = database.getOutputStream();
                forwardStartUp(in, out);
                ByteArrayOutputStream group = new ByteArrayOutputStream();
                Set<String> executed = new HashSet<>();
                while (true) {
                    int type = in.readUnsignedByte();
                    byte[] body = body(in);
                    group.write(type);
                    group.write(ByteBuffer.allocate(4).putInt(body.length + 4).array());
                    group.write(body);
                    note(type, ByteBuffer.wrap(body), executed);
                    if (type != 'P' && type != 'B' && type != 'D' && type != 'E') {
                        if (isStoppedBefore(executed)) {
                            return;
                        }
                        out.write(group.toByteArray());
                        out.flush();
                        group.reset();
                        executed.clear();
                    }
                }
            } catch (IOException e) {
                // One end has hung up.
            } finally {
                end();
            }
        }

        /** Length and content without a type; asks for encryption come first and are answered by a byte. */
        private void forwardStartUp(DataInputStream in, OutputStream out) throws IOException {
            byte[] body = body(in);
            out.write(ByteBuffer.allocate(4).putInt(body.length + 4).array());
            out.write(body);
            out.flush();
        }

        private void note(int type, ByteBuffer body, Set<String> executed) {
            switch (type) {
                case 'P' -> prepared.put(text(body), text(body));
                case 'B' -> portals.put(text(body), prepared.getOrDefault(text(body), ""));
                case 'E' -> executed.add(portals.getOrDefault(text(body), ""));
                case 'Q' -> executed.add(text(body));
                default -> {}
            }
        }

        private boolean isStoppedBefore(Set<String> executed) {
            Trap set = trap.get();
            if (set == null || executed.stream().noneMatch(sql -> sql.contains(set.sql()))) {
                return false;
            }
            if (!trap.compareAndSet(set, null)) {
                return false;
            }
            if (set.answered()) {
                sprung = set;
                return false;
            }
            set.action().run();
            return true;
        }

        void toService() {
            byte[] buffer = new byte[1 << 16];
            try (InputStream in = database.getInputStream()) {
                OutputStream out = service.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    Trap answered = sprung;
                    if (answered != null) {
                        // The append and its commit are one message to the server, so any answer tells of both.
                        answered.action().run();
                        return;
                    }
                    out.write(buffer, 0, read);
                    out.flush();
                }
            } catch (IOException e) {
                // One end has hung up.
            } finally {
                end();
            }
        }

        private void end() {
            close(service);
            close(database);
            open.remove(service);
            open.remove(database);
        }
    }

    private static byte[] body(DataInputStream in) throws IOException {
        int length = in.readInt() - 4;
        if (length < 0 || length > LARGEST_MESSAGE) {
            throw new IOException("message length: " + length + " (expected: 0 to " + LARGEST_MESSAGE + ")");
        }
        return in.readNBytes(length);
    }

    private static String text(ByteBuffer body) {
        int length = 0;
        while (body.get(body.position() + length) != 0) {
            length++;
        }
        byte[] text = new byte[length];
        body.get(text).get();
        return new String(text, StandardCharsets.UTF_8);
    }

    private static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone, which is all that was wanted.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut(true);
    }
}
