package io.stockledger.money;

import io.stockledger.document.Check;
import io.stockledger.document.InvalidCommand;
import java.math.BigDecimal;
import org.joda.money.BigMoney;
import org.joda.money.CurrencyUnit;
import org.joda.money.IllegalCurrencyException;
import org.jspecify.annotations.Nullable;

/** Makes amounts of the document's currency out of what a caller sent. */
public final class Amounts {

    private final @Nullable CurrencyUnit currency;

    private Amounts(@Nullable CurrencyUnit currency) {
        this.currency = currency;
    }

    /**
     * @param code ISO 4217; null or empty when the document has no amounts
     * @throws InvalidCommand when there is no such currency
     */
    public static Amounts in(@Nullable String code) {
        if (code == null || code.isEmpty()) {
            return new Amounts(null);
        }
        try {
            return new Amounts(CurrencyUnit.of(code));
        } catch (IllegalCurrencyException e) {
            throw new InvalidCommand("currency", "'" + code + "' (expected: an ISO 4217 code such as EUR)");
        }
    }

    /** @throws InvalidCommand when there is an amount and no currency */
    public @Nullable BigMoney of(String field, @Nullable BigDecimal amount) {
        if (amount == null) {
            return null;
        }
        if (currency == null) {
            throw new InvalidCommand("currency", "missing (expected: a currency, as " + field + " is given)");
        }
        return BigMoney.of(currency, Check.decimal(field, amount));
    }

    /** One text for one amount, whatever its trailing zeros: EUR 1.50 is EUR 1.5. */
    public static @Nullable String byValue(@Nullable BigMoney amount) {
        return amount == null
                ? null
                : amount.getCurrencyUnit().getCode() + " "
                        + amount.getAmount().stripTrailingZeros().toPlainString();
    }

    /** @throws InvalidCommand when the amount is missing, or there is no currency */
    public BigMoney required(String field, @Nullable BigDecimal amount) {
        return Check.present(field, of(field, amount));
    }
}
