package io.stockledger.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.document.InvalidCommand;
import java.math.BigDecimal;
import org.joda.money.BigMoney;
import org.junit.jupiter.api.Test;

class AmountsTest {

    @Test
    void anAmountHasTheDocumentsCurrencyAndAllItsDecimals() {
        assertThat(Amounts.in("EUR").of("price", new BigDecimal("2.5550"))).isEqualTo(BigMoney.parse("EUR 2.5550"));
        assertThat(Amounts.in("EUR").of("price", null)).isNull();
    }

    @Test
    void anAmountWithoutACurrencyIsRefused() {
        assertThat(Amounts.in("").of("price", null)).isNull();
        assertThatThrownBy(() -> Amounts.in(null).of("price", BigDecimal.ONE))
                .isInstanceOf(InvalidCommand.class)
                .hasMessage("currency: missing (expected: a currency, as price is given)");
    }

    @Test
    void aCurrencyThatThereIsNotIsRefused() {
        assertThatThrownBy(() -> Amounts.in("EURO"))
                .isInstanceOf(InvalidCommand.class)
                .hasMessage("currency: 'EURO' (expected: an ISO 4217 code such as EUR)");
    }

    @Test
    void anAmountThatIsRequiredIsThere() {
        assertThatThrownBy(() -> Amounts.in("EUR").required("tenders.amount", null))
                .isInstanceOf(InvalidCommand.class)
                .hasMessage("tenders.amount: missing");
    }

    @Test
    void theSameAmountHasOneText() {
        assertThat(Amounts.byValue(BigMoney.parse("EUR 1.50")))
                .isEqualTo(Amounts.byValue(BigMoney.parse("EUR 1.5")))
                .isEqualTo("EUR 1.5");
        assertThat(Amounts.byValue(BigMoney.parse("EUR 100"))).isEqualTo("EUR 100");
        assertThat(Amounts.byValue(BigMoney.parse("EUR 0.00"))).isEqualTo("EUR 0");
        assertThat(Amounts.byValue(null)).isNull();
    }
}
