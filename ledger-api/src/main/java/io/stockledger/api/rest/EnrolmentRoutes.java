package io.stockledger.api.rest;

import io.stockledger.api.gate.Queries;
import io.stockledger.api.security.Caller;
import io.stockledger.api.security.EnrolmentCodes;
import io.stockledger.api.security.Permission;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Enrolment of devices over REST: codes for administrators, and a key for who shows one. */
@RestController
@RequestMapping(path = "/v1", consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
public final class EnrolmentRoutes {

    /** Open to everybody: the code is the credential. */
    public static final String ENROL = "/v1/enrolments";

    private final EnrolmentCodes codes;
    private final Queries queries;

    EnrolmentRoutes(EnrolmentCodes codes, Queries queries) {
        this.codes = codes;
        this.queries = queries;
    }

    /** @param validFor 1 minute to 7 days; absent: 1 hour */
    record NewCode(@Nullable String location, @Nullable Duration validFor) {}

    /** @param code shown now and never again */
    record CreatedCode(String code, Instant expiresAt) {}

    /** @param device names the key: {@code device-} and this name */
    record Enrolment(@Nullable String code, @Nullable String device) {}

    /** @param apiKey the secret, shown now and never again */
    record Enrolled(String apiKey, String keyName, String location) {}

    @PostMapping("/enrolment-codes")
    CompletableFuture<ResponseEntity<CreatedCode>> create(
            @RequestBody NewCode wanted, @AuthenticationPrincipal Caller caller) {
        return queries.ask(caller, Permission.MANAGE_API_KEYS, () -> {
            String location = wanted.location() == null ? "" : wanted.location();
            caller.requireSight(location);
            Duration validFor = wanted.validFor() == null ? EnrolmentCodes.USUAL_VALIDITY : wanted.validFor();
            EnrolmentCodes.Created created = codes.create(location, validFor, caller.name());
            return secret(new CreatedCode(created.code(), created.expiresAt()));
        });
    }

    @PostMapping("/enrolments")
    CompletableFuture<ResponseEntity<Enrolled>> enrol(@RequestBody Enrolment shown, HttpServletRequest request) {
        String address = request.getRemoteAddr();
        return queries.askWithoutCaller(() -> {
            EnrolmentCodes.Enrolled enrolled = codes.redeem(
                    shown.code() == null ? "" : shown.code(), shown.device() == null ? "" : shown.device(), address);
            return secret(new Enrolled(enrolled.secret(), enrolled.keyName(), enrolled.location()));
        });
    }

    private static <A> ResponseEntity<A> secret(A answer) {
        return ResponseEntity.status(201).header("Cache-Control", "no-store").body(answer);
    }
}
