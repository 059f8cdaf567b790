package io.stockledger.device.desk;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.stockledger.v1.CountLine;

/** Messages of the contract out of the journal. */
final class MessageBytes {

    private MessageBytes() {}

    static CountLine countLine(ByteString bytes) {
        try {
            return CountLine.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("journal: a counted line is damaged", e);
        }
    }
}
