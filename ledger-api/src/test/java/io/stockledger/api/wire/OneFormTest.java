package io.stockledger.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import io.stockledger.api.contract.Contract;
import io.stockledger.document.Coded;
import io.stockledger.projections.drift.DriftLine;
import io.stockledger.projections.view.ViewStatus;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.StockFact.Cause;
import io.stockledger.v1.Options;
import io.stockledger.v1.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each thing has one form in the whole contract: codes, quantities with their unit, amounts with their currency. */
class OneFormTest {

    private static final Set<Word> QUANTITIES =
            Set.of(Word.WORD_QUANTITY, Word.WORD_COUNT_QUANTITY, Word.WORD_SIGNED_QUANTITY, Word.WORD_PACK_SIZE);

    @Test
    void each_code_is_in_lower_case_with_dashes() {
        Set<Descriptor> messages = messages();
        Set<EnumDescriptor> enums = new HashSet<>();
        messages.forEach(message -> message.getFields().stream()
                .filter(field -> field.getJavaType() == JavaType.ENUM)
                .forEach(field -> enums.add(field.getEnumType())));
        assertThat(enums).hasSizeGreaterThan(5);
        enums.forEach(type -> assertThat(JsonFields.values(type).keySet())
                .as(type.getFullName())
                .hasSize(type.getValues().size() - 1)
                .allMatch(OneForm::isCode));
        assertThat(Stream.<Coded[]>of(
                                Bucket.values(), Cause.values(), DriftLine.Kind.values(), ViewStatus.Role.values())
                        .flatMap(Stream::of)
                        .map(Coded::code))
                .allMatch(OneForm::isCode);
    }

    @Test
    void a_number_is_text_of_a_word_and_its_unit_or_currency_stands_beside_it() {
        List<String> wrong = new ArrayList<>();
        for (Descriptor message : messages()) {
            for (FieldDescriptor field : message.getFields()) {
                boolean isFloating = field.getJavaType() == JavaType.DOUBLE || field.getJavaType() == JavaType.FLOAT;
                Word word = field.getOptions().getExtension(Options.word);
                boolean isQuantity = QUANTITIES.contains(word);
                if (isFloating || (word == Word.WORD_AMOUNT && !hasCurrencyAbove(message))) {
                    wrong.add(field.getFullName());
                }
                if (isQuantity && field.getName().matches(".*(price|amount|cost|tax|discount).*")) {
                    wrong.add(field.getFullName() + " is " + word);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Whether each document that holds the message says its currency. */
    private static boolean hasCurrencyAbove(Descriptor message) {
        return message.findFieldByName("currency") != null
                || messages().stream()
                        .filter(holder -> holder.getFields().stream()
                                .anyMatch(field -> field.getJavaType() == JavaType.MESSAGE
                                        && field.getMessageType().equals(message)))
                        .allMatch(holder -> holder.findFieldByName("currency") != null);
    }

    private static Set<Descriptor> messages() {
        Set<Descriptor> seen = new HashSet<>();
        Contract.methods().forEach(method -> {
            collect(method.descriptor().getInputType(), seen);
            collect(method.descriptor().getOutputType(), seen);
        });
        return seen;
    }

    private static void collect(Descriptor message, Set<Descriptor> seen) {
        if (message.getFile().getPackage().equals("stockledger.v1") && seen.add(message)) {
            message.getFields().stream()
                    .filter(field -> field.getJavaType() == JavaType.MESSAGE)
                    .forEach(field -> collect(field.getMessageType(), seen));
        }
    }
}
