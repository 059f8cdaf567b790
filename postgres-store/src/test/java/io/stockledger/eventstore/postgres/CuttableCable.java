package io.stockledger.eventstore.postgres;

import io.stockledger.postgres.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A TCP connection to the database that can be cut at the two moments that matter. */
final class CuttableCable implements AutoCloseable {
    private enum Cut {
        NOTHING,
        NEXT_REQUEST,
        NEXT_REPLY
    }

    private final ServerSocket entrance;
    private final int serverPort;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile Cut cut = Cut.NOTHING;
    private volatile boolean takesNewConnections = true;

    CuttableCable() throws IOException {
        this.serverPort = TestPostgres.server().port();
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        inBackground(this::accept);
    }

    /** The database as seen from the far end of the cable. */
    DataSource dataSource(TestPostgres.Database database) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(String.format(
                Locale.ROOT, "jdbc:postgresql://127.0.0.1:%d/%s", entrance.getLocalPort(), database.name()));
        dataSource.setUser(database.user());
        dataSource.setPassword(database.password());
        return dataSource;
    }

    /** The next request never reaches the server. */
    void cutNextRequest() {
        cut = Cut.NEXT_REQUEST;
    }

    /** The server does what it is asked, and its answer is lost. */
    void cutNextReply() {
        cut = Cut.NEXT_REPLY;
    }

    void takeNewConnections(boolean takes) {
        takesNewConnections = takes;
    }

    /** Both ends are dropped, whatever is on its way; the server's process is none the wiser while it is busy. */
    void cutNow() {
        sockets.forEach(CuttableCable::drop);
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                if (!takesNewConnections) {
                    drop(client);
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                sockets.add(client);
                inBackground(() -> pump(client, server, Cut.NEXT_REQUEST));
                inBackground(() -> pump(server, client, Cut.NEXT_REPLY));
            } catch (IOException e) {
                // Closed, or the server is away: the next attempt tells.
            }
        }
    }

    private void pump(Socket from, Socket to, Cut here) {
        byte[] buffer = new byte[65_536];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (cut == here) {
                    cut = Cut.NOTHING;
                    break;
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // Cut; both sides are dropped below.
        } finally {
            if (here == Cut.NEXT_REPLY || sockets.contains(from)) {
                drop(from);
                drop(to);
            }
        }
    }

    private static void drop(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private static void inBackground(Runnable task) {
        Thread thread = new Thread(task, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cutNow();
    }
}
