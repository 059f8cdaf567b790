package io.stockledger.api.wiring;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Everything that an operator may set, under {@code stockledger.*}. docs/settings.md lists it for people.
 *
 * @param data the folder of the PostgreSQL that the service brings along; unused with {@code postgres.url}
 * @param listen the address that REST and gRPC listen on
 * @param restPort 0: a free one
 * @param grpcPort 0: a free one
 * @param operationsPort where health and metrics are, with threads of their own; absent: beside REST
 * @param newAdminKey creates one more admin key of this name at the start and prints it, for when the admin key is lost
 * @param adminKeyFile where an admin key that is created at start is written, for its owner alone to read, instead of
 *     being printed
 * @param trustedProxies addresses and networks of the proxies in front, whose word on where a request comes from counts;
 *     absent: nobody's
 * @param stopWithin how long calls under way may take when the service stops
 */
@Validated
@ConfigurationProperties("stockledger")
public record StockledgerSettings(
        @DefaultValue("./data") @NotNull Path data,
        @DefaultValue("127.0.0.1") @NotBlank String listen,
        @DefaultValue("8080") @Min(0) @Max(65535) int restPort,
        @DefaultValue("9090") @Min(0) @Max(65535) int grpcPort,
        @Nullable @Min(0) @Max(65535) Integer operationsPort,
        @Nullable String newAdminKey,
        @Nullable Path adminKeyFile,
        @Nullable List<String> trustedProxies,

        @DefaultValue("20s") @NotNull @DurationMin(millis = 1)
        Duration stopWithin,

        @DefaultValue @Valid Tls tls,
        @DefaultValue @Valid Postgres postgres,
        @DefaultValue @Valid AxonServer axonServer,
        @DefaultValue @Valid ApiKeys apiKeys,
        @DefaultValue @Valid Jwt jwt,
        @DefaultValue @Valid Cors cors,
        @DefaultValue @Valid RateLimit rateLimit,
        @DefaultValue @Valid Limits limits,
        @DefaultValue @Valid BusinessTime businessTime,
        @DefaultValue @Valid Webhooks webhooks) {

    private static final int KEY_BYTES = 32;
    private static final String HOST_AND_PORT = "([\\w.-]+|\\[[0-9a-fA-F:]+])(:\\d{1,5})?";

    /**
     * TLS on both ports, from PEM files that are read again when they change.
     *
     * @param certificate the service's own first, then those between it and an authority; absent: no TLS
     * @param privateKey of that certificate
     * @param clientAuthorities who signs the certificates that clients then have to show; absent: they show none
     */
    public record Tls(
            @Nullable Path certificate,
            @Nullable Path privateKey,
            @Nullable Path clientAuthorities) {

        @AssertTrue(message = "expected: certificate and private-key, both or none") boolean isCertificateWithItsKey() {
            return (certificate == null) == (privateKey == null);
        }

        @AssertTrue(message = "expected: certificate and private-key with client-authorities") boolean isAuthorityOfClientsWithCertificate() {
            return clientAuthorities == null || isOn();
        }

        /** Whether both ports speak TLS. */
        public boolean isOn() {
            return certificate != null;
        }
    }

    /**
     * A PostgreSQL of one's own.
     *
     * @param url for example {@code jdbc:postgresql://db:5432/stockledger}; absent: the service brings one along
     * @param user the role of the service
     * @param passwordFile holds the password, instead of {@code password}
     * @param ownerUser the role that owns facts and keys and brings their tables up to date; absent: that has been done, or
     *     the service's role owns them too
     * @param ownerPasswordFile holds its password, instead of {@code ownerPassword}
     * @param connections most connections of the pool
     * @param acceptDataLoss start even on a PostgreSQL that may forget what it acknowledged
     */
    public record Postgres(
            @Nullable String url,
            @DefaultValue("stockledger") @NotBlank String user,
            @Nullable String password,
            @Nullable Path passwordFile,
            @Nullable String ownerUser,
            @Nullable String ownerPassword,
            @Nullable Path ownerPasswordFile,
            @DefaultValue("16") @Min(10) @Max(1000) int connections,
            @DefaultValue("false") boolean acceptDataLoss) {

        @AssertTrue(message = "password and password-file are both set (expected: one of them)")
        boolean isPasswordGivenOnce() {
            return password == null || passwordFile == null;
        }

        @AssertTrue(message = "owner-password and owner-password-file are both set (expected: one of them)")
        boolean isOwnerPasswordGivenOnce() {
            return ownerPassword == null || ownerPasswordFile == null;
        }

        @AssertTrue(message = "expected: owner-user, whose owner-password or owner-password-file is set") boolean isOwnerUserGiven() {
            return ownerUser != null || (ownerPassword == null && ownerPasswordFile == null);
        }

        @AssertTrue(
                message = "url names user or password (expected: in stockledger.postgres.user and password, where"
                        + " owner-user is set)")
        boolean isRoleOutsideTheUrl() {
            return ownerUser == null || url == null || !url.matches("(?i).*[?&](user|password)=.*");
        }

        @AssertTrue(message = "expected: a url such as jdbc:postgresql://HOST:PORT/DATABASE") boolean isUrlOfPostgres() {
            return url == null || url.startsWith("jdbc:postgresql:");
        }
    }

    /**
     * Where facts go instead of PostgreSQL. Views stay in PostgreSQL.
     *
     * @param address for example {@code axonserver:8124}; several, separated by commas, for a cluster
     * @param token where access control is on
     */
    public record AxonServer(
            @Nullable String address, @Nullable String token) {

        @AssertTrue(message = "expected: an address such as axonserver:8124, several with commas") boolean isAddressOfServers() {
            return address == null || address.matches(HOST_AND_PORT + "(," + HOST_AND_PORT + ")*");
        }
    }

    /**
     * API keys in the database.
     *
     * @param sealKey 32 bytes in Base64, under which they are sealed
     * @param sealKeyFile holds it, instead of {@code sealKey}, and is made where it is missing; absent: in the folder of
     *     {@code stockledger.data}
     */
    public record ApiKeys(
            @Nullable String sealKey, @Nullable Path sealKeyFile) {

        @AssertTrue(message = "seal-key and seal-key-file are both set (expected: one of them)")
        boolean isSealKeyGivenOnce() {
            return sealKey == null || sealKeyFile == null;
        }

        @AssertTrue(message = "expected: a seal-key of 32 bytes in Base64") boolean isSealKeyOf32Bytes() {
            return areKeyBytes(sealKey);
        }
    }

    /**
     * Signed tokens of an OpenID Connect issuer.
     *
     * @param issuer its address; absent: API keys only
     * @param audience what a token's {@code aud} must hold; absent: not looked at
     * @param rolesClaim the claim that lists the roles, with dots between nested names
     */
    public record Jwt(
            @Nullable String issuer,
            @Nullable String audience,
            @DefaultValue("stockledger_roles") @NotBlank String rolesClaim) {

        @AssertTrue(message = "expected: an issuer such as https://HOST, or http://HOST within one's own network") boolean isIssuerAnAddress() {
            return issuer == null || issuer.matches("https?://[^\\s/]+.*");
        }
    }

    /**
     * Pages of other sites that may call the API from a browser.
     *
     * @param origins for example {@code https://shop.example}; absent: none
     */
    public record Cors(@Nullable List<String> origins) {

        @AssertTrue(message = "expected: https://HOST or https://HOST:PORT, each site by its name, without a path or *") boolean isOfOriginsByName() {
            return origins == null || origins.stream().allMatch(origin -> origin.matches("https?://[^\\s/?#*@]+"));
        }

        /** By none or more. */
        public List<String> allowed() {
            return origins == null ? List.of() : origins;
        }
    }

    /**
     * Requests per principal on this node.
     *
     * @param perSecond 0: without limit
     * @param burst how many may come at once
     */
    public record RateLimit(
            @DefaultValue("0") @Min(0) @Max(1_000_000) long perSecond,
            @DefaultValue("100") @Min(1) @Max(1_000_000) long burst) {}

    /**
     * Bounds of memory and time.
     *
     * @param commandsWaiting one more is answered BUSY
     * @param commandsPerBatch decided and appended at once
     * @param factsPerAppend a batch ends early when its facts reach this number
     * @param statesInMemory streams whose states are kept
     * @param answersInMemory the latest answers, kept for retries; older ones are read from the store
     * @param factsPerSnapshot a state is stored whole each time its stream has grown by so many facts
     * @param patience how long after it was first sent a batch is tried again, when the store conflicts or is lost
     * @param queriesAtOnce queries that run at the same time
     * @param queriesWaiting one more is answered BUSY
     * @param watchers who watch levels change at the same time, on both wires together
     */
    public record Limits(
            @DefaultValue("8192") @Min(1) @Max(1_000_000) int commandsWaiting,
            @DefaultValue("512") @Min(1) @Max(100_000) int commandsPerBatch,
            @DefaultValue("4000") @Min(1) @Max(1_000_000) int factsPerAppend,
            @DefaultValue("50000") @Min(1_000) int statesInMemory,
            @DefaultValue("256") @Min(1) int answersInMemory,
            @DefaultValue("1000") @Min(10) int factsPerSnapshot,

            @DefaultValue("10s") @NotNull @DurationMin(millis = 1) @DurationMax(minutes = 10)
            Duration patience,

            @DefaultValue("8") @Min(1) @Max(500) int queriesAtOnce,
            @DefaultValue("1000") @Min(1) @Max(100_000) int queriesWaiting,
            @DefaultValue("200") @Min(1) @Max(10_000) int watchers) {}

    /**
     * Which business times are believed.
     *
     * @param ahead how far a caller's clock may be ahead
     * @param behind how long after it happened something may be told first; absent: however long
     */
    public record BusinessTime(
            @DefaultValue("2m") @NotNull @DurationMin @DurationMax(hours = 24)
            Duration ahead,

            @Nullable @DurationMin(minutes = 1) Duration behind) {}

    /**
     * Facts sent to other systems.
     *
     * @param enabled whether this node sends them; others of the same store may
     * @param allowLoopback whether an endpoint may be on this machine, there also without TLS
     * @param allowPrivateNetworks whether an endpoint may be in a site's own networks
     * @param keepDone how long messages that were taken are kept
     * @param keepParked how long messages that were given up are kept
     * @param atOnce calls at a time in all
     * @param perTarget of these to one endpoint
     */
    public record Webhooks(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("false") boolean allowLoopback,
            @DefaultValue("false") boolean allowPrivateNetworks,

            @DefaultValue("7d") @NotNull @DurationMin(minutes = 1)
            Duration keepDone,

            @DefaultValue("90d") @NotNull @DurationMin(minutes = 1)
            Duration keepParked,

            @DefaultValue("32") @Min(1) @Max(1_000) int atOnce,
            @DefaultValue("8") @Min(1) @Max(1_000) int perTarget) {

        @AssertTrue(message = "expected: per-target at most at-once") boolean isPerTargetWithinAtOnce() {
            return perTarget <= atOnce;
        }
    }

    private static boolean areKeyBytes(@Nullable String base64) {
        try {
            return base64 == null || Base64.getDecoder().decode(base64).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
