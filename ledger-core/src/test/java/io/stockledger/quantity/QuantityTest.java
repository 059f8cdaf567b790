package io.stockledger.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @Test
    void equalAmountsAreEqualObjects() {
        assertThat(kilograms("1.50")).isEqualTo(kilograms("1.5")).hasSameHashCodeAs(kilograms("1.5"));
        assertThat(kilograms("1E+2")).isEqualTo(kilograms("100.000")).hasToString("100 kg");
        assertThat(kilograms("0.000")).isEqualTo(Quantity.zero(Unit.KILOGRAM));
        assertThat(kilograms("1")).isNotEqualTo(Quantity.of(1, Unit.LITRE));
    }

    @Test
    void whatDoesNotFitItsUnitIsRefusedAndNeverRounded() {
        assertThatThrownBy(() -> new Quantity(new BigDecimal("0.5"), Unit.PIECE))
                .hasMessage("quantity: 0.5 piece (expected: at most 0 decimals)");
        assertThatThrownBy(() -> kilograms("0.0001")).hasMessage("quantity: 0.0001 kg (expected: at most 3 decimals)");
        assertThat(Quantity.fits(new BigDecimal("2.000"), Unit.PIECE)).isTrue();
        assertThat(Quantity.fits(new BigDecimal("2.001"), Unit.PIECE)).isFalse();
        assertThat(Quantity.fits(new BigDecimal("2.001"), Unit.KILOGRAM)).isTrue();
    }

    @Test
    void aTenthTenTimesIsOne() {
        Quantity sum = Quantity.zero(Unit.KILOGRAM);
        for (int i = 0; i < 10; i++) {
            sum = sum.plus(kilograms("0.1"));
        }

        assertThat(sum).isEqualTo(kilograms("1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000000000", "-1000000000000"})
    void amountsStayBelowTenToTheTwelfth(String amount) {
        assertThatThrownBy(() -> kilograms(amount))
                .isInstanceOf(QuantityOverflow.class)
                .hasMessage(amount + " kg (expected: below 1000000000000)");
        assertThat(Quantity.fits(new BigDecimal(amount), Unit.KILOGRAM)).isFalse();
    }

    @Test
    void unitsAreNotMixed() {
        assertThatThrownBy(() -> kilograms("1").plus(Quantity.of(1, Unit.LITRE)))
                .hasMessage("quantity: 1 l (expected: a quantity in kg)");
        assertThatThrownBy(() -> kilograms("1").minus(Quantity.of(1, Unit.LITRE)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> kilograms("1").isMoreThan(Quantity.of(1, Unit.LITRE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"3 piece", "-2 piece", "0 kg", "1.255 kg", "0.001 l", "12 m"})
    void aQuantityReadsAsItWasWritten(String text) {
        assertThat(Quantity.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "", "piece", " 3 piece", "3 pieces", "three piece", "3  piece"})
    void whatIsNoQuantityIsNotRead(String text) {
        assertThatThrownBy(() -> Quantity.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void belowZeroBecomesZeroOnlyWhenAsked() {
        assertThat(Quantity.of(-3, Unit.PIECE).orZero()).isEqualTo(Quantity.zero(Unit.PIECE));
        assertThat(Quantity.of(3, Unit.PIECE).orZero()).isEqualTo(Quantity.of(3, Unit.PIECE));
        assertThat(Quantity.of(3, Unit.PIECE).negated()).isEqualTo(Quantity.of(-3, Unit.PIECE));
        assertThat(Quantity.of(3, Unit.PIECE).min(Quantity.of(-3, Unit.PIECE))).isEqualTo(Quantity.of(-3, Unit.PIECE));
    }

    private static Quantity kilograms(String amount) {
        return new Quantity(new BigDecimal(amount), Unit.KILOGRAM);
    }
}
