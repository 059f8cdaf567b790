package io.stockledger.api.importer;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.stockledger.api.client.Ordering;
import io.stockledger.api.importer.Row.InvoiceLine;
import io.stockledger.v1.Command;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A command that is ready to be sent.
 *
 * @param kind the fact that it becomes, by its stored name
 * @param name how the ledger names the document, for example {@code order:536365}
 * @param lines the lines of the file that it stands for; a line may stand in several documents
 */
record Document(Kind kind, String name, Command.Builder command, Ordering ordering, List<InvoiceLine> lines) {

    private static final int DIGEST_BYTES = 12;

    enum Kind {
        LOCATION_OPENED,
        ITEM_REGISTERED,
        GOODS_RECEIVED,
        SALE_RECORDED,
        RETURN_PROCESSED,
        STOCK_ADJUSTED;

        /** As the ledger names the fact. */
        String fact() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    Document {
        lines = List.copyOf(lines);
    }

    /** Of what is told: two documents of one content have the same. Of one that is not numbered for sending yet. */
    String digest() {
        try {
            byte[] sha256 =
                    MessageDigest.getInstance("SHA-256").digest(command.build().toByteArray());
            return HexFormat.of().formatHex(Arrays.copyOf(sha256, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256 (expected: in every Java)", e);
        }
    }

    /** The command as the try of that name. */
    Command.Builder tried(String tryId) {
        Command.Builder named = command.clone();
        FieldDescriptor which = named.getOneofFieldDescriptor(
                Command.getDescriptor().getOneofs().get(0));
        Message.Builder document = ((Message) named.getField(which)).toBuilder();
        document.setField(document.getDescriptorForType().findFieldByName("try_id"), tryId);
        return named.setField(which, document.build());
    }
}
