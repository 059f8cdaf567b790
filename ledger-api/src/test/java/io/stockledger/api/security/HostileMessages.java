package io.stockledger.api.security;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import io.stockledger.api.contract.ContractMethod;
import io.stockledger.api.openapi.Examples;
import io.stockledger.api.wire.JsonForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bytes that nobody should send for a message: valid ones with other values, broken ones, and none at all. By a seed. */
final class HostileMessages {

    private static final int DEEPEST = 6;

    private static final List<Long> NUMBERS = List.of(
            0L,
            1L,
            -1L,
            100L,
            1_000_000_000L,
            (long) Integer.MAX_VALUE,
            (long) Integer.MIN_VALUE,
            315_576_000_001L,
            253_402_300_800L,
            -62_135_596_801L,
            Long.MAX_VALUE,
            Long.MIN_VALUE);

    private final Random random;

    HostileMessages(Random random) {
        this.random = random;
    }

    /** @param examples may be none */
    byte[] bytes(Message empty, List<Message> examples) {
        byte[] valid = (examples.isEmpty() || random.nextInt(3) == 0
                        ? any(empty.toBuilder(), 0)
                        : changed(examples.get(random.nextInt(examples.size()))))
                .toByteArray();
        return switch (random.nextInt(12)) {
            case 0 -> noise(random.nextInt(300));
            case 1 -> flipped(valid);
            case 2 -> Arrays.copyOf(valid, random.nextInt(valid.length + 1));
            case 3 -> joined(valid, field(WireFormat.WIRETYPE_LENGTH_DELIMITED, noise(random.nextInt(40))));
            case 4 -> joined(valid, noLength());
            case 5 -> joined(valid, groups());
            case 6 -> joined(valid, noText(empty));
            case 7 -> joined(valid, valid);
            default -> valid;
        };
    }

    static List<Message> examples(ContractMethod method) {
        List<Message> examples = new ArrayList<>();
        Examples.of(method)
                .requests()
                .forEach(example -> examples.add(JsonForm.read(
                        example.path("value").toString().getBytes(StandardCharsets.UTF_8), method.empty())));
        return examples;
    }

    private Message changed(Message example) {
        Message.Builder builder = example.toBuilder();
        List<FieldDescriptor> fields = builder.getDescriptorForType().getFields();
        for (int changes = 1 + random.nextInt(3); changes > 0 && !fields.isEmpty(); changes--) {
            change(builder, fields.get(random.nextInt(fields.size())), 0);
        }
        return builder.build();
    }

    private Message any(Message.Builder builder, int depth) {
        Descriptor descriptor = builder.getDescriptorForType();
        for (FieldDescriptor field : descriptor.getFields()) {
            if (depth < DEEPEST && random.nextBoolean()) {
                change(builder, field, depth);
            }
        }
        return builder.build();
    }

    private void change(Message.Builder builder, FieldDescriptor field, int depth) {
        builder.clearField(field);
        if (!field.isRepeated()) {
            builder.setField(field, value(builder, field, depth));
            return;
        }
        for (int count = random.nextInt(20) == 0 ? 2_000 : random.nextInt(3); count > 0; count--) {
            builder.addRepeatedField(field, value(builder, field, depth));
        }
    }

    private Object value(Message.Builder in, FieldDescriptor field, int depth) {
        long number = random.nextInt(3) == 0 ? random.nextLong() : NUMBERS.get(random.nextInt(NUMBERS.size()));
        return switch (field.getJavaType()) {
            case INT -> (int) number;
            case LONG -> number;
            case FLOAT -> Float.intBitsToFloat((int) number);
            case DOUBLE -> Double.longBitsToDouble(number);
            case BOOLEAN -> random.nextBoolean();
            case STRING -> HostileRequestsIT.TEXTS.get(random.nextInt(HostileRequestsIT.TEXTS.size()));
            case BYTE_STRING -> ByteString.copyFrom(noise(random.nextInt(20)));
            case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(9) - 1);
            case MESSAGE -> any(in.newBuilderForField(field), depth + 1);
        };
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] flipped(byte[] valid) {
        byte[] flipped = valid.clone();
        for (int flips = valid.length == 0 ? 0 : 1 + random.nextInt(4); flips > 0; flips--) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    /** One that no message has, up to the largest number that there is. */
    private byte[] field(int wireType, byte[] content) {
        return written(out -> {
            int number = random.nextBoolean() ? (1 << 29) - 1 : 1_000 + random.nextInt(500_000_000);
            out.writeTag(number, wireType);
            out.writeUInt32NoTag(content.length);
            out.writeRawBytes(content);
        });
    }

    /** It says that gigabytes follow, and nothing does. */
    private byte[] noLength() {
        return written(out -> {
            out.writeTag(1 + random.nextInt(6), WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(random.nextBoolean() ? Integer.MAX_VALUE : -1);
        });
    }

    /** Deeper than any reader should follow, half of the time without an end. */
    private byte[] groups() {
        int depth = random.nextInt(20_000);
        boolean ends = random.nextBoolean();
        return written(out -> {
            for (int i = 0; i < depth; i++) {
                out.writeTag(100, WireFormat.WIRETYPE_START_GROUP);
            }
            for (int i = 0; ends && i < depth; i++) {
                out.writeTag(100, WireFormat.WIRETYPE_END_GROUP);
            }
        });
    }

    /** The first text of the message, as bytes that are no UTF-8. */
    private byte[] noText(Message empty) {
        int number = empty.getDescriptorForType().getFields().stream()
                .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.STRING)
                .mapToInt(FieldDescriptor::getNumber)
                .findFirst()
                .orElse(1);
        return written(out -> {
            out.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(3);
            out.writeRawBytes(new byte[] {'a', (byte) 0xc3, (byte) 0x28});
        });
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
