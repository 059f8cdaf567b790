package io.stockledger.location;

import static io.stockledger.scenario.Scenario.given;
import static io.stockledger.scenario.Shop.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.InvalidCommand;
import io.stockledger.location.LocationFact.LocationOpened;
import io.stockledger.scenario.Scenario;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationRulesTest {

    @Test
    void aLocationIsOpened() {
        Scenario opened = given().when(open("i1", "berlin-1", "Berlin Mitte"))
                .then(
                        new InstructionAccepted(
                                "open-location", "location:berlin-1", 1, Set.of("berlin-1"), null, List.of()),
                        new LocationOpened("berlin-1", "Berlin Mitte", LocationKind.SHOP));

        assertThat(Locations.of(opened.streams()).isOpen("berlin-1")).isTrue();
        assertThat(Locations.of(opened.streams()).isOpen("berlin-2")).isFalse();
    }

    @Test
    void aLocationIsOpenedOnce() {
        given().and(open("i1", "berlin-1", "Berlin Mitte"))
                .when(open("i2", "berlin-1", "Berlin Mitte"))
                .thenRefused(new LocationRefusal.LocationIsOpen("berlin-1", "Berlin Mitte"));
    }

    @Test
    void locationsAreListedInTheOrderOfTheirCodes() {
        Scenario opened = given().and(open("i1", "b", "Second"))
                .and(open("i2", "a", "First"))
                .and(open("i3", "c", "Third"));

        assertThat(Locations.of(opened.streams()).codesAmong(Set.of())).containsExactly("a", "b", "c");
        assertThat(Locations.of(opened.streams()).codesAmong(Set.of("c", "a", "d")))
                .containsExactly("a", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"berlin@1", "berlin 1", "Bärlin", "", "12345678901234567890123456789012345678901"})
    void aLocationsCodeIsShortAndPlain(String code) {
        assertThatThrownBy(() -> open("i1", code, "Berlin")).isInstanceOf(InvalidCommand.class);
    }

    private static OpenLocation open(String id, String location, String name) {
        return new OpenLocation(document(Kind.INSTRUCTION, id), location, name, LocationKind.SHOP);
    }
}
