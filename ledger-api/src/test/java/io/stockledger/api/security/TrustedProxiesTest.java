package io.stockledger.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

class TrustedProxiesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stranger|203.0.113.9|1.2.3.4|203.0.113.9",
                "one proxy|10.0.0.7|203.0.113.9|203.0.113.9",
                "what the caller claims stands before it|10.0.0.7|1.2.3.4, 203.0.113.9|203.0.113.9",
                "two proxies|10.0.0.7|1.2.3.4, 203.0.113.9,10.1.200.3|203.0.113.9",
                "nothing forwarded|10.0.0.7||10.0.0.7",
                "no address|10.0.0.7|unknown|10.0.0.7",
                "version 6|fd00:0:0:0:0:0:0:7|1.2.3.4, 2001:db8::9|2001:db8::9",
                "a neighbour of the proxy|10.0.0.8|1.2.3.4|10.0.0.8",
            })
    void the_nearest_who_is_no_proxy_sent_it(String name, String peer, String forwarded, String expected) {
        TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.7", "10.1.0.0/16", "fd00::/8"));

        assertThat(proxies.sender(peer, forwarded == null ? List.of() : List.of(forwarded)))
                .as(name)
                .isEqualTo(expected);
    }

    @Test
    void values_of_a_header_that_came_twice_stand_in_their_order() {
        assertThat(new TrustedProxies(List.of("10.0.0.7")).sender("10.0.0.7", List.of("1.2.3.4", "203.0.113.9")))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void without_the_setting_nobody_is_believed() {
        TrustedProxies nobody = new TrustedProxies(List.of());

        assertThat(nobody.sender("127.0.0.1", List.of("1.2.3.4"))).isEqualTo("127.0.0.1");
        assertThat(nobody.valve()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy.example", "", "10.0.0.0/0", "10.0.0.0/33", "::/0", "10.0.0", "10.0.0.7:8080", "10\\..*"})
    void what_is_no_address_and_no_network_is_refused(String text) {
        assertThatThrownBy(() -> new TrustedProxies(List.of("10.0.0.7", text)))
                .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, wrong -> {
                    assertThat(wrong.getName()).isEqualTo("stockledger.trusted-proxies");
                    assertThat(wrong.getValue()).isEqualTo(text);
                });
    }
}
