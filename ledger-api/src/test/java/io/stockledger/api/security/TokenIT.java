package io.stockledger.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.stockledger.api.BothWires;
import io.stockledger.api.BothWires.Told;
import io.stockledger.api.RunningLedger;
import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.postgres.TestPostgres;
import io.stockledger.v1.LocationKind;
import io.stockledger.v1.OpenLocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens of an OpenID Connect issuer are taken as docs/security.md says, and no others. */
class TokenIT {

    private static final int PERMISSION_DENIED = 7;
    private static final int UNAVAILABLE = 14;
    private static final int UNAUTHENTICATED = 16;

    private static final LocalIssuer ISSUER = new LocalIssuer();
    private static final RunningLedger SERVICE = RunningLedger.start(
            TestPostgres.freshDatabase(),
            "stockledger.jwt.issuer=" + ISSUER.uri(),
            "stockledger.jwt.audience=stockledger",
            "stockledger.jwt.roles-claim=realm_access.roles");

    private static List<Told> toldWhileAway = List.of();
    private static int statusByKeyWhileAway;

    /** After the service; all other tests have it up. */
    @BeforeAll
    static void the_issuer_comes_up() {
        statusByKeyWhileAway = SERVICE.get("/v1/views").status();
        BothWires early = wires(ISSUER.token(admin()));
        toldWhileAway = List.of(early.overRest(open("early")), early.overGrpc(open("early")));
        ISSUER.open();
        token(ISSUER.token(admin()));
    }

    @AfterAll
    static void stop() {
        SERVICE.close();
        ISSUER.close();
    }

    @Test
    void a_tokens_subject_roles_and_locations_are_the_principals() {
        String free = ISSUER.token(ISSUER.claims("dora@shop", List.of("admin")));
        assertThat(wires(free).overRest(open("jwt-1")).accepted()).isPresent();
        long position =
                wires(free).overGrpc(open("jwt-2")).accepted().orElseThrow().getPosition();
        Answer facts = SERVICE.get("/v1/history?principal=token:dora@shop&wait=PT20S&atLeastPosition=" + position);
        assertThat(facts.json().get("facts")).hasSize(4);
        assertThat(facts.body()).contains("jwt-1", "jwt-2");

        BothWires tied = wires(ISSUER.token(
                ISSUER.claims("berta", List.of("admin")).claim("stockledger_locations", List.of("jwt-3"))));
        assertThat(tied.overGrpc(open("jwt-4")).message()).contains("'token:berta' is tied to [jwt-3]");
        BothWires accessToken = wires(LocalIssuer.signed(admin(), ISSUER.key(), "at+jwt"));
        assertThat(accessToken.overRest(open("jwt-1")).accepted()).isPresent();
    }

    enum Bad {
        EXPIRED(issuer ->
                issuer.token(admin().expirationTime(Date.from(Instant.now().minus(Duration.ofMinutes(2)))))),
        NOT_YET_VALID(issuer ->
                issuer.token(admin().notBeforeTime(Date.from(Instant.now().plus(Duration.ofMinutes(3)))))),
        OF_ANOTHER_ISSUER(issuer -> issuer.token(admin().issuer("http://127.0.0.1:1"))),
        WITHOUT_ISSUER(issuer -> issuer.token(admin().issuer(null))),
        FOR_ANOTHER_AUDIENCE(issuer -> issuer.token(admin().audience("other"))),
        WITHOUT_AUDIENCE(issuer -> issuer.token(admin().audience((String) null))),
        WITHOUT_SUBJECT(issuer -> issuer.token(admin().subject(null))),
        TIED_TO_NO_LOCATION(issuer -> issuer.token(admin().claim("stockledger_locations", List.of()))),
        TIED_TO_A_NUMBER(issuer -> issuer.token(admin().claim("stockledger_locations", 7))),
        SIGNED_BY_ANOTHER(issuer ->
                LocalIssuer.signed(admin(), LocalIssuer.newKey(issuer.key().getKeyID()), "JWT")),
        MEANT_FOR_SOMETHING_ELSE(issuer -> LocalIssuer.signed(admin(), issuer.key(), "logout+jwt")),
        UNSIGNED(issuer -> new PlainJWT(admin().build()).serialize()),
        SIGNED_WITH_THE_PUBLIC_KEY_AS_SECRET(Bad::withSharedSecret),
        CHANGED_AFTERWARDS(issuer -> {
            String[] parts = issuer.token(admin()).split("\\.", -1);
            String[] others =
                    issuer.token(issuer.claims("mallory", List.of("admin"))).split("\\.", -1);
            return parts[0] + "." + others[1] + "." + parts[2];
        }),
        NO_TOKEN_AT_ALL(issuer -> "eyJhbGciOiJSUzI1NiJ9.e30.");

        @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
        private final Function<LocalIssuer, String> token;

        Bad(Function<LocalIssuer, String> token) {
            this.token = token;
        }

        private static String withSharedSecret(LocalIssuer issuer) {
            try {
                SignedJWT jwt = new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .keyID(issuer.key().getKeyID())
                                .build(),
                        admin().build());
                jwt.sign(new MACSigner(issuer.key().toRSAPublicKey().getEncoded()));
                return jwt.serialize();
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Bad.class)
    void a_bad_token_is_nobodys_on_both_wires(Bad bad) {
        BothWires wires = wires(bad.token.apply(ISSUER));
        Told overRest = wires.overRest(open("bad"));
        assertThat(overRest.reason()).isEqualTo("UNAUTHENTICATED");
        assertThat(overRest.status()).isEqualTo(401);
        Told overGrpc = wires.overGrpc(open("bad"));
        assertThat(overGrpc.reason()).isEqualTo("UNAUTHENTICATED");
        assertThat(overGrpc.status()).isEqualTo(UNAUTHENTICATED);
    }

    @Test
    void roles_that_nobody_knows_permit_nothing() {
        BothWires wires = wires(ISSUER.token(ISSUER.claims("carl", List.of("superuser", "ADMIN"))));
        Told overRest = wires.overRest(open("unknown-role"));
        assertThat(overRest.reason()).isEqualTo("NOT_PERMITTED");
        assertThat(overRest.status()).isEqualTo(403);
        Told overGrpc = wires.overGrpc(open("unknown-role"));
        assertThat(overGrpc.reason()).isEqualTo("NOT_PERMITTED");
        assertThat(overGrpc.status()).isEqualTo(PERMISSION_DENIED);
        assertThat(overGrpc.values()).containsEntry("permission", "open-location");
    }

    @Test
    void while_the_issuer_is_away_keys_work_and_tokens_are_told_to_come_again() {
        assertThat(statusByKeyWhileAway).isEqualTo(200);
        assertThat(toldWhileAway).extracting(Told::reason).containsOnly("ISSUER_UNAVAILABLE");
        assertThat(toldWhileAway).extracting(Told::status).containsExactly(503, UNAVAILABLE);
    }

    @Test
    void a_new_key_of_the_issuer_is_fetched_and_unknown_ones_do_not_flood_it() {
        String old = token(ISSUER.token(admin()));
        assertThat(wires(old).overRest(open("jwt-1")).accepted()).isPresent();
        ISSUER.rotate("second");
        String rotated = token(ISSUER.token(admin()));
        assertThat(wires(rotated).overGrpc(open("jwt-1")).accepted()).isPresent();

        int before = ISSUER.keysTold();
        Instant began = Instant.now();
        String unknown = LocalIssuer.signed(admin(), LocalIssuer.newKey("made-up"), "JWT");
        for (int i = 0; i < 50; i++) {
            assertThat(wires(unknown).overRest(open("bad")).reason()).isIn("UNAUTHENTICATED", "ISSUER_UNAVAILABLE");
        }
        long seconds = Duration.between(began, Instant.now()).toSeconds() + 1;
        assertThat(ISSUER.keysTold() - before).isLessThanOrEqualTo((int) (2 * seconds + 2));

        ISSUER.away(true);
        // What the issuer told is good for a while.
        assertThat(wires(rotated).overRest(open("jwt-1")).accepted()).isPresent();
        ISSUER.away(false);
    }

    /** The issuer may have been asked a moment ago, and then isn't asked again at once. */
    private static String token(String token) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !wires(token).overRest(open("bad")).reason().equals("ISSUER_UNAVAILABLE"));
        return token;
    }

    private static JWTClaimsSet.Builder admin() {
        return ISSUER.claims("anna@shop", List.of("admin", "offline_access"));
    }

    private static BothWires wires(String token) {
        return new BothWires(SERVICE, token);
    }

    private static OpenLocation open(String location) {
        return OpenLocation.newBuilder()
                .setDocumentId(location)
                .setLocation(location)
                .setName(location)
                .setKind(LocationKind.LOCATION_KIND_SHOP)
                .build();
    }
}
