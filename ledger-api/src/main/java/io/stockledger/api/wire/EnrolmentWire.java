package io.stockledger.api.wire;

import io.stockledger.v1.CreateEnrolmentCodeRequest;
import io.stockledger.v1.EnrolmentCode;
import java.time.Duration;
import java.time.Instant;

/** Enrolment as messages. */
public final class EnrolmentWire {

    private EnrolmentWire() {}

    /** @param usual where the request says nothing */
    public static Duration validFor(CreateEnrolmentCodeRequest request, Duration usual) {
        return request.hasValidFor() ? WireFields.duration("validFor", request.getValidFor()) : usual;
    }

    public static EnrolmentCode code(String code, Instant expiresAt) {
        return EnrolmentCode.newBuilder()
                .setCode(code)
                .setExpiresAt(WireFields.timestamp(expiresAt))
                .build();
    }
}
