package io.stockledger.api.gate;

import io.stockledger.api.security.Caller;
import io.stockledger.api.security.EnrolmentCodes;
import io.stockledger.api.wire.EnrolmentWire;
import io.stockledger.v1.CreateEnrolmentCodeRequest;
import io.stockledger.v1.EnrolRequest;
import io.stockledger.v1.Enrolled;
import io.stockledger.v1.EnrolmentCode;
import java.util.concurrent.CompletableFuture;

/** Enrolment of devices: codes for administrators, and a key for who shows one. */
public final class Enrolments {

    private final Queries queries;
    private final EnrolmentCodes codes;

    public Enrolments(Queries queries, EnrolmentCodes codes) {
        this.queries = queries;
        this.codes = codes;
    }

    CompletableFuture<EnrolmentCode> create(CreateEnrolmentCodeRequest request, Caller caller) {
        return queries.askPermitted(caller, () -> {
            caller.requireSight(request.getLocation());
            EnrolmentCodes.Created created = codes.create(
                    request.getLocation(),
                    EnrolmentWire.validFor(request, EnrolmentCodes.USUAL_VALIDITY),
                    caller.name());
            return EnrolmentWire.code(created.code(), created.expiresAt());
        });
    }

    /**
     * The code is the credential.
     *
     * @param address where the device calls from
     */
    CompletableFuture<Enrolled> enrol(EnrolRequest request, String address) {
        return queries.askWithoutCaller(() -> {
            EnrolmentCodes.Enrolled enrolled = codes.redeem(request.getCode(), request.getDevice(), address);
            return Enrolled.newBuilder()
                    .setApiKey(enrolled.secret())
                    .setKeyName(enrolled.keyName())
                    .setLocation(enrolled.location())
                    .build();
        });
    }
}
