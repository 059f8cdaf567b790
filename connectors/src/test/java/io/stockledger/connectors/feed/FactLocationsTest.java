package io.stockledger.connectors.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FactLocationsTest {

    @Test
    void aLocationIsFoundWhereverItStandsAndOnlyWhenItIsOne() {
        assertThat(
                        FactLocations.of(
                                "stock-moved",
                                "{\"sku\":\"1\",\"location\":\"a\",\"postings\":[{\"from\":\"supplier\",\"to\":\"sellable\"}]}"))
                .containsExactly("a");
        assertThat(FactLocations.of("stock-transferred", "{\"from\":\"a\",\"to\":\"b\",\"items\":[]}"))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(FactLocations.of("sale-recorded", "{\"lines\":[{\"location\":\"a\"},{\"location\":\"b\"}]}"))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(FactLocations.of("command-refused", "{\"refusal\":{\"lines\":[{\"location\":\"a\"}]}}"))
                .containsExactly("a");
        assertThat(FactLocations.of("item-registered", "{\"sku\":\"1\"}")).isEmpty();
    }
}
