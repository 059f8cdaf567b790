package io.stockledger.device.line;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * Scans from one program at a time that connects to a port of this machine. Only the loopback interface listens: the
 * line has no password.
 */
public final class TcpSource implements ScanSource, AutoCloseable {

    private static final int WAIT_MILLIS = 200;

    private final int port;
    private ServerSocket listening = new ServerSocket();

    /** @param port to listen on, 0 for any that is free */
    public TcpSource(int port) throws IOException {
        this.port = port;
    }

    /** Waits for the next program to connect. */
    @Override
    public ScanLine open() throws IOException {
        try {
            Socket socket = listening().accept();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(WAIT_MILLIS);
            return new SocketLine(socket);
        } catch (SocketTimeoutException e) {
            throw new NobodyConnected(describe());
        }
    }

    /** Nobody is there yet, which is no error. */
    public static final class NobodyConnected extends IOException {
        private static final long serialVersionUID = 1L;

        NobodyConnected(String source) {
            super(source + ": nobody is connected");
        }
    }

    /** The port that is listened on, also where any was asked for. */
    public synchronized int port() throws IOException {
        return listening().getLocalPort();
    }

    private synchronized ServerSocket listening() throws IOException {
        if (!listening.isBound()) {
            try {
                listening.setReuseAddress(true);
                listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
                listening.setSoTimeout(WAIT_MILLIS);
            } catch (IOException e) {
                listening = new ServerSocket();
                throw new IOException("tcp port: " + port + " cannot be listened on: " + e.getMessage(), e);
            }
        }
        return listening;
    }

    @Override
    public String describe() {
        return "tcp 127.0.0.1:" + port;
    }

    @Override
    public boolean opensAgain() {
        return true;
    }

    @Override
    public synchronized void close() throws IOException {
        listening.close();
    }

    private record SocketLine(Socket socket) implements ScanLine {
        @Override
        public int read(byte[] buffer) throws IOException {
            try {
                return socket.getInputStream().read(buffer);
            } catch (SocketTimeoutException e) {
                return 0;
            }
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
