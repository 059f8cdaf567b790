package io.stockledger.api.wiring;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * That the service can listen where it is told to, asked before anything is begun: the ports themselves are opened last, when a
 * database has been started.
 */
final class FreePorts {

    private static final int HIGHEST_OF_ROOT = 1023;

    private FreePorts() {}

    /** @throws StartRefused with the setting whose port can't be had */
    static void require(StockledgerSettings settings) {
        InetAddress here = address(settings.listen());
        Map<Integer, String> ports = new LinkedHashMap<>();
        require(here, "stockledger.rest-port", settings.restPort(), ports);
        require(here, "stockledger.grpc-port", settings.grpcPort(), ports);
        require(here, "stockledger.operations-port", settings.operationsPort(), ports);
    }

    private static void require(
            InetAddress here, String setting, @Nullable Integer port, Map<Integer, String> portsBefore) {
        if (port == null || port == 0) {
            return;
        }
        String other = portsBefore.putIfAbsent(port, setting);
        if (other != null) {
            throw new StartRefused(setting + ": " + port + " is " + other + " too (expected: a port for each)");
        }
        try (ServerSocket free = new ServerSocket(port, 1, here)) {
            free.setReuseAddress(true);
        } catch (IOException e) {
            throw new StartRefused(
                    setting + ": " + port + " can't be had on " + here.getHostAddress() + ": " + e.getMessage()
                            + (port <= HIGHEST_OF_ROOT
                                    ? " (expected: a port above 1023, or the right to open this one)"
                                    : " (expected: a port that no other program uses; 0 takes a free one)"),
                    e);
        }
    }

    /** @throws StartRefused for what is no address of this machine */
    static InetAddress address(String listen) {
        try {
            InetAddress address = InetAddress.getByName(listen);
            new ServerSocket(0, 1, address).close();
            return address;
        } catch (UnknownHostException e) {
            throw new StartRefused(
                    "stockledger.listen: " + listen + " (expected: an address or a name of this machine)", e);
        } catch (IOException e) {
            throw new StartRefused(
                    "stockledger.listen: " + listen
                            + " is no address of this machine (expected: 127.0.0.1 for it alone,"
                            + " 0.0.0.0 for the network)",
                    e);
        }
    }
}
