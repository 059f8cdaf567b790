package io.stockledger.connectors.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Which addresses may be called. What is neither public nor allowed here is refused: others say where a call goes, and
 * could otherwise have this service ask machines that only it can reach.
 *
 * @param loopback this machine too, there also without TLS
 * @param privateNetworks a site's own networks too (RFC 1918, RFC 4193, RFC 6598)
 */
public record AddressPolicy(boolean loopback, boolean privateNetworks) {

    public static final AddressPolicy PUBLIC_ONLY = new AddressPolicy(false, false);

    private static final List<Block> LOOPBACK = List.of(block("127.0.0.0", 8), block("::1", 128));

    private static final List<Block> PRIVATE = List.of(
            block("10.0.0.0", 8),
            block("172.16.0.0", 12),
            block("192.168.0.0", 16),
            block("100.64.0.0", 10),
            block("fc00::", 7));

    /** Never: IANA's special-purpose registries, among them link-local, where clouds keep their credentials. */
    private static final List<Block> NEVER = List.of(
            block("0.0.0.0", 8),
            block("169.254.0.0", 16),
            block("192.0.0.0", 24),
            block("192.0.2.0", 24),
            block("192.88.99.0", 24),
            block("198.18.0.0", 15),
            block("198.51.100.0", 24),
            block("203.0.113.0", 24),
            block("224.0.0.0", 3),
            block("2001::", 23),
            block("2001:db8::", 32),
            block("2002::", 16),
            block("3fff::", 20));

    /** All that IPv6 has given out; what stands for an IPv4 address ({@code ::ffff:10.0.0.1}) lies outside of it. */
    private static final Block GLOBAL_IPV6 = block("2000::", 3);

    /** The first {@code bits} of an address. */
    private static final class Block {

        private final byte[] start;
        private final int bits;

        private Block(byte[] start, int bits) {
            this.start = start;
            this.bits = bits;
        }

        private boolean holds(byte[] address) {
            if (address.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if (((address[bit / 8] ^ start[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    public boolean allows(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (isIn(LOOPBACK, bytes)) {
            return loopback;
        }
        if (isIn(PRIVATE, bytes)) {
            return privateNetworks;
        }
        return !isIn(NEVER, bytes) && (bytes.length == 4 || GLOBAL_IPV6.holds(bytes));
    }

    /** Whether it is this machine itself. */
    static boolean isLoopback(InetAddress address) {
        return isIn(LOOPBACK, address.getAddress());
    }

    private static boolean isIn(List<Block> blocks, byte[] address) {
        return blocks.stream().anyMatch(block -> block.holds(address));
    }

    private static Block block(String start, int bits) {
        try {
            // A literal, so nothing is looked up.
            return new Block(InetAddress.getByName(start).getAddress(), bits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address block: " + start, e);
        }
    }

    /** For people. */
    static String kind(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (isIn(LOOPBACK, bytes)) {
            return "this machine";
        }
        return isIn(PRIVATE, bytes) ? "a private network" : address instanceof Inet4Address ? "reserved" : "not public";
    }
}
