package io.stockledger.connectors.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A host has an address that must not be called. An {@link UnknownHostException}, because resolvers throw no other. */
public final class AddressRefused extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    AddressRefused(String host, InetAddress address, String expected) {
        super(host + " is " + address.getHostAddress() + ", " + AddressPolicy.kind(address) + " (expected: " + expected
                + ")");
    }
}
