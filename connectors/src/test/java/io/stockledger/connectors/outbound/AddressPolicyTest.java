package io.stockledger.connectors.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressPolicyTest {

    private static final List<String> LOOPBACK = List.of("127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1");

    private static final List<String> PRIVATE = List.of(
            "10.0.0.1",
            "10.255.255.255",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "100.64.0.1",
            "100.127.255.255",
            "fc00::1",
            "fdff::1",
            "::ffff:10.1.2.3");

    private static final List<String> NEVER = List.of(
            "0.0.0.0",
            "0.1.2.3",
            "::",
            "169.254.169.254",
            "::ffff:169.254.169.254",
            "fe80::1",
            "fec0::1",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:7f00:1::1",
            "3fff::1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "::10.0.0.1",
            "5f00::1");

    private static final List<String> PUBLIC = List.of(
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.169.0.0",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450::1",
            "::ffff:1.1.1.1");

    @Test
    void onlyPublicAddressesAreAllowedUnlessSaidOtherwise() {
        AddressPolicy policy = AddressPolicy.PUBLIC_ONLY;

        assertThat(PUBLIC).allMatch(address -> policy.allows(address(address)));
        assertThat(LOOPBACK).noneMatch(address -> policy.allows(address(address)));
        assertThat(PRIVATE).noneMatch(address -> policy.allows(address(address)));
        assertThat(NEVER).noneMatch(address -> policy.allows(address(address)));
    }

    @Test
    void whatASettingAllowsIsAllowedAndNothingElse() {
        AddressPolicy loopback = new AddressPolicy(true, false);
        assertThat(LOOPBACK).allMatch(address -> loopback.allows(address(address)));
        assertThat(PRIVATE).noneMatch(address -> loopback.allows(address(address)));
        assertThat(NEVER).noneMatch(address -> loopback.allows(address(address)));

        AddressPolicy privateNetworks = new AddressPolicy(false, true);
        assertThat(PRIVATE).allMatch(address -> privateNetworks.allows(address(address)));
        assertThat(LOOPBACK).noneMatch(address -> privateNetworks.allows(address(address)));
        assertThat(NEVER).noneMatch(address -> privateNetworks.allows(address(address)));
    }

    @Test
    void anIpv4AddressIsSeenThroughIpv6sClothes() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};

        assertThat(AddressPolicy.PUBLIC_ONLY.allows(Inet6Address.getByAddress("host", mapped, 0)))
                .isFalse();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(literal, e);
        }
    }
}
