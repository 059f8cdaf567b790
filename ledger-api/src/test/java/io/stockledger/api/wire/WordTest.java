package io.stockledger.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.stockledger.api.contract.Contract;
import io.stockledger.api.openapi.Examples;
import io.stockledger.document.InvalidCommand;
import io.stockledger.v1.AdjustStock;
import io.stockledger.v1.AdjustmentReason;
import io.stockledger.v1.Options;
import io.stockledger.v1.ReceiveGoods;
import io.stockledger.v1.Shape;
import io.stockledger.v1.Word;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Each word of the contract is written as the commands read it: its pattern takes what they take, and no more. */
class WordTest {

    /** Every text here is tried for every word. */
    private static final List<String> SAMPLES = List.of(
            "a",
            "A-1_b.c",
            "ä",
            "a b",
            " a",
            "a ",
            "a\tb",
            "a\u0000b",
            "a\u007fb",
            "x".repeat(40),
            "x".repeat(41),
            "x".repeat(64),
            "x".repeat(65),
            "x".repeat(90),
            "x".repeat(91),
            "x".repeat(100),
            "x".repeat(101),
            "x".repeat(128),
            "x".repeat(129),
            "x".repeat(200),
            "x".repeat(201),
            "x".repeat(500),
            "x".repeat(501),
            "\ud83d\ude00",
            "a\u00a0b",
            "\u3000",
            "1",
            "0",
            "-1",
            "+1",
            "1.5",
            "1.",
            ".5",
            "1e3",
            "١",
            "0.000001",
            "0.0000001",
            "00012",
            "999999999999999999",
            "9999999999999999999",
            "-999999999999999999.999999",
            "2027-01-31",
            "2027-13-01",
            "2027-1-31",
            "27-01-31",
            "EUR",
            "eur",
            "EURO");

    /** What no pattern can say: which letters are a currency. */
    private static final Set<Word> FURTHER_BOUND = EnumSet.of(Word.WORD_CURRENCY);

    static Stream<CommandWire<?>> commands() {
        return CommandWires.all().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_text_of_a_command_is_taken_as_its_word_says(CommandWire<?> wire) {
        Message example = example(wire);
        List<String> wrong = new ArrayList<>();
        int tried = tryAll(wire, example, message -> message, wrong);
        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThan(SAMPLES.size());
    }

    @Test
    void every_word_is_explained_bounded_and_an_example_of_itself() {
        for (Word word : Word.values()) {
            if (word != Word.WORD_UNSPECIFIED && word != Word.UNRECOGNIZED) {
                Shape shape = JsonFields.shape(word);
                assertThat(shape.getMeaning())
                        .as(word.name())
                        .endsWith(shape.getMeaning().endsWith("…") ? "…" : ".");
                assertThat(shape.getLongest()).as(word.name()).isPositive();
                assertThat(takes(shape, shape.getExample())).as(word.name()).isTrue();
            }
        }
    }

    private interface Within {
        Message put(Message inner);
    }

    private static int tryAll(CommandWire<?> wire, Message at, Within within, List<String> wrong) {
        int tried = 0;
        for (FieldDescriptor field : at.getDescriptorForType().getFields()) {
            if (field.getJavaType() == JavaType.STRING) {
                tried += tryTexts(wire, at, field, within, wrong);
            } else if (field.isMapField()) {
                tried += tryEntries(wire, at, field, within, wrong);
            } else if (field.isRepeated() && at.getRepeatedFieldCount(field) > 0) {
                Message first = (Message) at.getRepeatedField(field, 0);
                tried += tryAll(
                        wire,
                        first,
                        inner -> within.put(
                                at.toBuilder().setRepeatedField(field, 0, inner).build()),
                        wrong);
            } else if (field.getJavaType() == JavaType.MESSAGE
                    && !field.isRepeated()
                    && isOurs(field.getMessageType())) {
                tried += tryAll(
                        wire,
                        (Message) at.getField(field),
                        inner ->
                                within.put(at.toBuilder().setField(field, inner).build()),
                        wrong);
            }
        }
        return tried;
    }

    private static int tryTexts(
            CommandWire<?> wire, Message at, FieldDescriptor field, Within within, List<String> wrong) {
        Word word = field.getOptions().getExtension(Options.word);
        for (String sample : SAMPLES) {
            Message.Builder changed = at.toBuilder();
            if (field.isRepeated()) {
                changed.clearField(field).addRepeatedField(field, sample);
            } else {
                changed.setField(field, sample);
            }
            compare(wire, within.put(changed.build()), field.getJsonName(), word, sample, wrong);
        }
        return SAMPLES.size();
    }

    private static int tryEntries(
            CommandWire<?> wire, Message at, FieldDescriptor field, Within within, List<String> wrong) {
        FieldDescriptor key = field.getMessageType().findFieldByName("key");
        FieldDescriptor text = field.getMessageType().findFieldByName("value");
        Word ofKey = field.getOptions().getExtension(Options.key);
        Word ofText = field.getOptions().getExtension(Options.word);
        for (String sample : SAMPLES) {
            Message.Builder changed = at.toBuilder().clearField(field);
            Message.Builder entry = changed.newBuilderForField(field);
            Message named = entry.setField(key, sample).setField(text, "a").build();
            Message told = entry.setField(key, "a").setField(text, sample).build();
            compare(
                    wire,
                    within.put(changed.addRepeatedField(field, named).build()),
                    field.getJsonName(),
                    ofKey,
                    sample,
                    wrong);
            changed.clearField(field);
            compare(
                    wire,
                    within.put(changed.addRepeatedField(field, told).build()),
                    field.getJsonName() + ".a",
                    ofText,
                    sample,
                    wrong);
        }
        return 2 * SAMPLES.size();
    }

    private static void compare(
            CommandWire<?> wire, Message message, String name, Word word, String sample, List<String> wrong) {
        boolean said = takes(JsonFields.shape(word), sample);
        String refusal = refusal(wire, message, name);
        boolean mayBeNarrower = FURTHER_BOUND.contains(word) && said;
        if (said != refusal.isEmpty() && !mayBeNarrower) {
            wrong.add(wire.name() + " " + name + " '" + sample + "': " + word + " takes it: " + said + ", the command: "
                    + (refusal.isEmpty() ? "takes it" : refusal));
        }
    }

    /** Why the command refuses a field; empty when it takes it, or is refused for what stands in another. */
    private static String refusal(CommandWire<?> wire, Message message, String name) {
        try {
            wire.commandOf(message);
            CommandWire.provenanceOf(message, "somebody", Set.of(), null);
            return "";
        } catch (InvalidCommand e) {
            return e.field().replaceAll("\\[\\d+]", "").endsWith(name)
                            || e.field().equals("barcode")
                    ? e.field() + " is refused"
                    : "";
        }
    }

    private static boolean takes(Shape shape, String text) {
        if (text.codePointCount(0, text.length()) > shape.getLongest()) {
            return false;
        }
        if (shape.getPattern().isEmpty()) {
            return text.strip().equals(text) && text.codePoints().noneMatch(WordTest::isUnseen);
        }
        if (!Pattern.matches(shape.getPattern(), text)) {
            return false;
        }
        return !shape.getDecimal()
                || ((!shape.hasAbove() || new BigDecimal(text).compareTo(BigDecimal.valueOf(shape.getAbove())) > 0)
                        && (!shape.hasAtLeast()
                                || new BigDecimal(text).compareTo(BigDecimal.valueOf(shape.getAtLeast())) >= 0));
    }

    private static boolean isUnseen(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.SURROGATE
                || (type == Character.SPACE_SEPARATOR && c != ' ');
    }

    private static boolean isOurs(Descriptor message) {
        return message.getFile().getPackage().equals("stockledger.v1");
    }

    private static Message example(CommandWire<?> wire) {
        JsonNode example = Examples.of(Contract.ofCommand(wire.empty().getDescriptorForType()))
                .requests()
                .iterator()
                .next();
        Message.Builder message = JsonForm.read(
                example.path("value").toString().getBytes(StandardCharsets.UTF_8),
                wire.empty().getDefaultInstanceForType())
                .toBuilder();
        FieldDescriptor reservation = message.getDescriptorForType().findFieldByName("reservation_id");
        if (reservation != null) {
            message.setField(reservation, "cart-9");
        }
        return freed(message.build());
    }

    /** What stands in other fields must allow any sample: a correction has either sign, one piece has one serial. */
    private static Message freed(Message example) {
        if (example instanceof AdjustStock adjust) {
            return adjust.toBuilder()
                    .setReason(AdjustmentReason.ADJUSTMENT_REASON_CORRECTION)
                    .build();
        }
        if (example instanceof ReceiveGoods receipt) {
            ReceiveGoods.Builder one = receipt.toBuilder();
            one.getLinesBuilder(0).setQuantity("1");
            return one.build();
        }
        return example;
    }
}
