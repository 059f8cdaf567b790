package io.stockledger.api.gate;

import com.google.protobuf.Timestamp;
import io.stockledger.api.security.Caller;
import io.stockledger.api.security.EnrolmentCodes;
import io.stockledger.v1.CreateEnrolmentCodeRequest;
import io.stockledger.v1.EnrolRequest;
import io.stockledger.v1.Enrolled;
import io.stockledger.v1.EnrolmentCode;
import java.time.Duration;
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
        Duration validFor = request.hasValidFor()
                ? Duration.ofSeconds(
                        request.getValidFor().getSeconds(),
                        request.getValidFor().getNanos())
                : EnrolmentCodes.USUAL_VALIDITY;
        return queries.askPermitted(caller, () -> {
            caller.requireSight(request.getLocation());
            EnrolmentCodes.Created created = codes.create(request.getLocation(), validFor, caller.name());
            return EnrolmentCode.newBuilder()
                    .setCode(created.code())
                    .setExpiresAt(Timestamp.newBuilder()
                            .setSeconds(created.expiresAt().getEpochSecond())
                            .setNanos(created.expiresAt().getNano()))
                    .build();
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
