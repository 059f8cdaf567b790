package io.stockledger.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.item.RegisterItem;
import io.stockledger.quantity.Unit;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CatalogWireTest {

    @ParameterizedTest
    @EnumSource(Unit.class)
    void a_unit_is_given_as_it_is_answered(Unit unit) {
        String json = "{\"documentId\":\"d\",\"sku\":\"tea\",\"name\":\"Tea\",\"unit\":\"" + unit.code() + "\"}";
        var message = JsonForm.read(
                json.getBytes(StandardCharsets.UTF_8), io.stockledger.v1.RegisterItem.getDefaultInstance());

        assertThat(CatalogWire.register(message))
                .isInstanceOfSatisfying(
                        RegisterItem.class, item -> assertThat(item.unit()).isEqualTo(unit));
    }
}
