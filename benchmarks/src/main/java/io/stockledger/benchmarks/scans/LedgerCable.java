package io.stockledger.benchmarks.scans;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between the adapter and the ledger. Cutting it loses whatever commands and answers are on it. */
final class LedgerCable implements AutoCloseable {

    private final ServerSocket listening;
    private final int ledger;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean down;

    private LedgerCable(ServerSocket listening, int ledger) {
        this.listening = listening;
        this.ledger = ledger;
    }

    /** @param ledger its port on the loopback */
    static LedgerCable to(int ledger) throws IOException {
        LedgerCable cable = new LedgerCable(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), ledger);
        daemon(cable::accept);
        return cable;
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Cuts every connection; a new one is let through. */
    void cut() {
        open.forEach(LedgerCable::close);
    }

    /** Cuts every connection and lets none through until {@link #plugIn}. */
    void unplug() {
        down = true;
        cut();
    }

    void plugIn() {
        down = false;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket adapter = listening.accept();
                if (down) {
                    close(adapter);
                    continue;
                }
                Socket service = new Socket(InetAddress.getLoopbackAddress(), ledger);
                open.add(adapter);
                open.add(service);
                daemon(() -> carry(adapter, service));
                daemon(() -> carry(service, adapter));
            } catch (IOException e) {
                // Closed, or nobody is at the other end; the adapter finds out by itself.
            }
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 14];
        try {
            to.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One end has hung up.
        } finally {
            close(from);
            close(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "cable");
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
        unplug();
    }
}
