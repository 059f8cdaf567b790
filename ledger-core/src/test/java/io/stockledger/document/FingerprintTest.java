package io.stockledger.document;

import static io.stockledger.scenario.Shop.document;
import static io.stockledger.scenario.Shop.goods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.ledger.Rules;
import io.stockledger.order.Price;
import io.stockledger.order.RecordSale;
import io.stockledger.reservation.ReleaseReservation;
import io.stockledger.stock.SetSafetyStock;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which commands are the same. */
class FingerprintTest {

    @Test
    void everyCommandIsCoveredWithEveryField() {
        assertThat(CommandCases.all().stream()
                        .map(one -> one.command().getClass())
                        .collect(Collectors.toSet()))
                .isEqualTo(Rules.commands());
        assertThat(CommandCases.all())
                .allSatisfy(one -> assertThat(one.others().keySet())
                        .isEqualTo(Stream.of(one.command().getClass().getRecordComponents())
                                .map(RecordComponent::getName)
                                .filter(name -> !name.equals("document") && !name.equals("expectedVersion"))
                                .collect(Collectors.toSet())));
    }

    @TestFactory
    Stream<DynamicTest> anyOtherFieldIsOtherContent() {
        return CommandCases.all().stream()
                .flatMap(one -> one.others().entrySet().stream()
                        .flatMap(field -> field.getValue().stream()
                                .map(value -> dynamicTest(
                                        one.command().name() + " " + field.getKey() + " " + value,
                                        () -> assertThat(with(one.command(), field.getKey(), value)
                                                        .fingerprint()
                                                        .text())
                                                .isNotEqualTo(one.command()
                                                        .fingerprint()
                                                        .text())))));
    }

    @TestFactory
    Stream<DynamicTest> anotherDocumentIdIsNotOtherContent() {
        return CommandCases.all().stream()
                .map(one -> dynamicTest(one.command().name(), () -> {
                    DocumentRef other = new DocumentRef(one.command().document().kind(), "2");
                    assertThat(with(one.command(), "document", other)
                                    .fingerprint()
                                    .text())
                            .isEqualTo(one.command().fingerprint().text());
                }));
    }

    @TestFactory
    Stream<DynamicTest> aDigestIsWhatItHasAlwaysBeen() {
        return CommandCases.all().stream()
                .map(one -> dynamicTest(
                        one.command().name(),
                        () -> assertThat(one.command().fingerprint().text()).isEqualTo(one.digest())));
    }

    @TestFactory
    Stream<DynamicTest> aCommandIsNotMadeForAnotherKindOfDocument() {
        return CommandCases.all().stream()
                .map(one -> dynamicTest(one.command().name(), () -> {
                    Kind other = one.command().document().kind() == Kind.ORDER ? Kind.RETURN : Kind.ORDER;
                    assertThatThrownBy(() -> with(one.command(), "document", new DocumentRef(other, "1")))
                            .hasMessageStartingWith("document: " + other.prefix() + ":1 (expected: one of kind ");
                }));
    }

    @TestFactory
    Stream<DynamicTest> theFieldThatDiffersIsNamed() {
        return CommandCases.all().stream()
                .flatMap(one -> one.others().entrySet().stream()
                        .flatMap(field -> field.getValue().stream()
                                .map(value ->
                                        dynamicTest(one.command().name() + " " + field.getKey() + " " + value, () -> {
                                            Command other = with(one.command(), field.getKey(), value);
                                            assertThat(one.command()
                                                            .fingerprint()
                                                            .differing(
                                                                    one.command()
                                                                            .fingerprint()
                                                                            .text(),
                                                                    other.fingerprint()
                                                                            .text()))
                                                    .hasSize(1)
                                                    .allSatisfy(name -> assertThat(name.toLowerCase(Locale.ROOT))
                                                            .matches(CommandCases.wireName(field.getKey())));
                                        }))));
    }

    @Test
    void theVersionThatACallerSawIsNoContent() {
        assertThat(new ReleaseReservation(document(Kind.INSTRUCTION, "1"), "r", 7L)
                        .fingerprint()
                        .text())
                .isEqualTo(new ReleaseReservation(document(Kind.INSTRUCTION, "1"), "r", null)
                        .fingerprint()
                        .text());
    }

    @Test
    void trailingZerosAreNoOtherContent() {
        assertThat(sale(goods("tea", "1.50"), CommandCases.price("EUR 2.5", "EUR 0.4", "EUR 0.1"))
                        .fingerprint()
                        .text())
                .isEqualTo(sale(goods("tea", "1.5"), CommandCases.price("EUR 2.500", "EUR 0.40", "EUR 0.10"))
                        .fingerprint()
                        .text());
        assertThat(new SetSafetyStock(document(Kind.INSTRUCTION, "1"), "tea", "b", new BigDecimal("0.000"))
                        .fingerprint()
                        .text())
                .isEqualTo(new SetSafetyStock(document(Kind.INSTRUCTION, "1"), "tea", "b", BigDecimal.ZERO)
                        .fingerprint()
                        .text());
        assertThat(new SetSafetyStock(document(Kind.INSTRUCTION, "1"), "tea", "b", new BigDecimal("1E+2"))
                        .fingerprint()
                        .text())
                .isEqualTo(new SetSafetyStock(document(Kind.INSTRUCTION, "1"), "tea", "b", new BigDecimal("100"))
                        .fingerprint()
                        .text());
    }

    @Test
    void textDoesNotRunFromOneFieldIntoTheNext() {
        assertThat(Fingerprint.of("x").with("ab").with("c").text())
                .isNotEqualTo(Fingerprint.of("x").with("a").with("bc").text());
        assertThat(Fingerprint.of("x").with((String) null).text())
                .isNotEqualTo(Fingerprint.of("x").with("").text());
    }

    private static RecordSale sale(Asked goods, Price price) {
        return new RecordSale(
                document(Kind.ORDER, "1"),
                "web",
                "b",
                null,
                List.of(new RecordSale.Line(goods, price)),
                List.of(),
                List.of(),
                null,
                null,
                false);
    }

    /** The same record with one component replaced. */
    private static Command with(Command command, String name, @Nullable Object value)
            throws ReflectiveOperationException {
        RecordComponent[] components = command.getClass().getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = components[i].getName().equals(name)
                    ? value
                    : components[i].getAccessor().invoke(command);
        }
        Constructor<? extends Command> constructor = command.getClass().getDeclaredConstructor(types);
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
