package io.stockledger.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.stockledger.v1.AdjustStock;
import io.stockledger.v1.AdjustmentReason;
import io.stockledger.v1.Fact;
import io.stockledger.v1.ItemRef;
import io.stockledger.v1.RecordSale;
import io.stockledger.v1.ReserveStock;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFormTest {

    @Test
    void a_number_keeps_every_digit_that_was_sent() {
        RecordSale sale = sale("{\"lines\":[{\"quantity\":0.1000,\"unitPrice\":\"1.10\"},"
                + "{\"quantity\":123456789012345678.123456}]}");
        assertThat(sale.getLines(0).getQuantity()).isEqualTo("0.1000");
        assertThat(sale.getLines(0).getUnitPrice()).isEqualTo("1.10");
        assertThat(sale.getLines(1).getQuantity()).isEqualTo("123456789012345678.123456");
    }

    @Test
    void what_was_written_reads_back_the_same() {
        RecordSale sale =
                sale("{\"documentId\":\"d\",\"occasion\":{\"businessTime\":\"2026-01-31T10:30:00.123456+01:00\","
                        + "\"device\":\"till\",\"metadata\":{\"a\":\"1\",\"b\":\"\"}},\"goodsHandedOver\":true,\"lines\":[{\"item\":{\"barcode\":\"4006381333931\"},"
                        + "\"quantity\":1}],\"charges\":[{\"code\":\"postage\",\"amount\":-4.95}]}");
        byte[] written = JsonForm.write(sale);
        assertThat(JsonForm.read(written, RecordSale.getDefaultInstance())).isEqualTo(sale);
        assertThat(new String(written, StandardCharsets.UTF_8))
                .contains("\"businessTime\":\"2026-01-31T09:30:00.123456Z\"", "\"amount\":\"-4.95\"")
                .doesNotContain("register");
    }

    @Test
    void enums_are_lower_kebab_case() {
        AdjustStock adjust = JsonForm.read(
                "{\"reason\":\"opening-balance\"}".getBytes(StandardCharsets.UTF_8), AdjustStock.getDefaultInstance());
        assertThat(adjust.getReason()).isEqualTo(AdjustmentReason.ADJUSTMENT_REASON_OPENING_BALANCE);
        assertThat(new String(JsonForm.write(adjust), StandardCharsets.UTF_8)).contains("\"opening-balance\"");
    }

    @Test
    void durations_are_in_ISO_8601() {
        ReserveStock reserve = JsonForm.read(
                "{\"timeToLive\":\"PT15M\"}".getBytes(StandardCharsets.UTF_8), ReserveStock.getDefaultInstance());
        assertThat(reserve.getTimeToLive().getSeconds()).isEqualTo(900);
    }

    @Test
    void a_stored_fact_is_written_as_the_object_that_it_is() {
        Fact fact = Fact.newBuilder().setPayload("{\"sku\":\"1\"}").build();
        assertThat(new String(JsonForm.write(fact), StandardCharsets.UTF_8)).contains("\"payload\":{\"sku\":\"1\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"chanel\":\"web\"} | chanel",
                "{\"lines\":[{},{\"quantty\":1}]} | lines[1].quantty",
                "{\"goods_handed_over\":true} | goods_handed_over",
                "{\"channel\":1} | channel",
                "{\"channel\":\"a\",\"channel\":\"a\"} | channel",
                "{\"lines\":[{\"item\":{\"sku\":\"1\",\"barcode\":\"2\"}}]} | lines[0].item.barcode",
                "{\"lines\":{}} | lines",
                "{\"lines\":[{\"quantity\":true}]} | lines[0].quantity",
                "{\"goodsHandedOver\":\"true\"} | goodsHandedOver",
                "{\"occasion\":{\"businessTime\":\"yesterday\"}} | occasion.businessTime",
                "{\"occasion\":{\"businessTime\":1767225600}} | occasion.businessTime",
                "{\"occasion\":[]} | occasion",
                "{\"occasion\":{\"metadata\":[]}} | occasion.metadata",
                "{\"occasion\":{\"metadata\":{\"a\":1}}} | occasion.metadata.a",
                "{\"occasion\":{\"metadata\":{\"a\":null}}} | occasion.metadata.a",
                "{\"occasion\":{\"metadata\":{\"a\":\"1\",\"a\":\"1\"}}} | occasion.metadata.a",
                "[] | ``",
                "{} {} | ``",
                "{\"channel\":\"web\" | ``",
                "{channel:\"web\"} | ``",
                "// x | ``",
                "`` | ``",
            })
    void what_is_wrong_is_refused_and_says_where(String json, String field) {
        assertThatThrownBy(() -> sale(json))
                .isInstanceOfSatisfying(
                        MalformedRequest.class,
                        refused -> assertThat(refused.field()).isEqualTo(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "// x | not JSON at line 1, column 1",
                "{\"channel\":NaN} | not JSON at line 1, column",
                "{\"channel\":\"web\" | not JSON: it ends at line 1, column",
                "[] | a list (expected: a JSON object)",
                "{\"channel\":{}} | channel: an object (expected: text",
            })
    void what_is_wrong_is_said_in_our_own_words(String json, String said) {
        assertThatThrownBy(() -> sale(json))
                .message()
                .startsWith(said)
                .doesNotContain("Feature", "JsonReadFeature", "a structure", "character (");
    }

    @Test
    void what_is_longer_than_is_read_is_told_so() {
        assertThatThrownBy(() -> sale("{\"lines\":[{\"quantity\":" + "1".repeat(2_000) + "}]}"))
                .message()
                .contains("longer or deeper than is read")
                .doesNotContain("StreamReadConstraints");
    }

    @Test
    void nothing_given_is_null() {
        assertThat(sale("{\"register\":null,\"lines\":[{\"item\":{\"sku\":null,\"barcode\":\"1\"}}]}"))
                .isEqualTo(RecordSale.newBuilder()
                        .addLines(io.stockledger.v1.SaleLine.newBuilder()
                                .setItem(ItemRef.newBuilder().setBarcode("1")))
                        .build());
    }

    @Test
    void every_field_that_may_be_a_number_is_known_by_its_word() {
        TreeSet<String> named = new TreeSet<>();
        for (CommandWire<?> wire : CommandWires.all()) {
            addDecimals(wire.empty().getDescriptorForType(), named);
        }
        assertThat(named)
                .containsExactly("amount", "discount", "pack_size", "quantity", "tax", "unit_cost", "unit_price");
    }

    private static void addDecimals(Descriptor message, Set<String> named) {
        for (FieldDescriptor field : message.getFields()) {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                addDecimals(field.getMessageType(), named);
            } else if (field.getJavaType() == FieldDescriptor.JavaType.STRING && JsonFields.isDecimal(field)) {
                named.add(field.getName());
            }
        }
    }

    private static RecordSale sale(String json) {
        return JsonForm.read(json.getBytes(StandardCharsets.UTF_8), RecordSale.getDefaultInstance());
    }
}
