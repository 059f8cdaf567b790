package io.stockledger.api.grpc;

import com.google.protobuf.Timestamp;
import io.grpc.stub.StreamObserver;
import io.stockledger.api.gate.Queries;
import io.stockledger.api.security.Caller;
import io.stockledger.api.security.EnrolmentCodes;
import io.stockledger.api.security.Permission;
import io.stockledger.v1.CreateEnrolmentCodeRequest;
import io.stockledger.v1.EnrolRequest;
import io.stockledger.v1.Enrolled;
import io.stockledger.v1.EnrolmentCode;
import java.time.Duration;

/** Enrolment of devices over gRPC. */
final class EnrolmentGrpc extends io.stockledger.v1.EnrolmentGrpc.EnrolmentImplBase {

    private final EnrolmentCodes codes;
    private final Queries queries;

    EnrolmentGrpc(EnrolmentCodes codes, Queries queries) {
        this.codes = codes;
        this.queries = queries;
    }

    @Override
    public void createEnrolmentCode(CreateEnrolmentCodeRequest request, StreamObserver<EnrolmentCode> answer) {
        Caller caller = CallerInterceptor.caller();
        Duration validFor = request.hasValidFor()
                ? Duration.ofSeconds(
                        request.getValidFor().getSeconds(),
                        request.getValidFor().getNanos())
                : EnrolmentCodes.USUAL_VALIDITY;
        Replies.give(answer, queries.ask(caller, Permission.MANAGE_API_KEYS, () -> {
            caller.requireSight(request.getLocation());
            EnrolmentCodes.Created created = codes.create(request.getLocation(), validFor, caller.name());
            return EnrolmentCode.newBuilder()
                    .setCode(created.code())
                    .setExpiresAt(Timestamp.newBuilder()
                            .setSeconds(created.expiresAt().getEpochSecond()))
                    .build();
        }));
    }

    /** Open to everybody: the code is the credential. */
    @Override
    public void enrol(EnrolRequest request, StreamObserver<Enrolled> answer) {
        String address = CallerInterceptor.address();
        Replies.give(answer, queries.askWithoutCaller(() -> {
            EnrolmentCodes.Enrolled enrolled = codes.redeem(request.getCode(), request.getDevice(), address);
            return Enrolled.newBuilder()
                    .setApiKey(enrolled.secret())
                    .setKeyName(enrolled.keyName())
                    .setLocation(enrolled.location())
                    .build();
        }));
    }
}
