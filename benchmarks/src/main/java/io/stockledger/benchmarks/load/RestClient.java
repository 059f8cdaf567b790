package io.stockledger.benchmarks.load;

import io.stockledger.v1.ReserveStock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Talks HTTP/1.1 to the service over kept connections. */
public final class RestClient implements AutoCloseable {

    private static final int ACCEPTED_FROM = 200;
    private static final int ACCEPTED_TO = 299;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(thread)
            .build();
    private final String base;
    private final String key;

    /** @param base for example {@code http://127.0.0.1:8080} */
    public RestClient(String base, String key) {
        this.base = base;
        this.key = key;
    }

    /** A client that makes one reservation at a time. */
    public ClosedLoop.Client reserving(Supplier<ReserveStock> reservations) {
        return client(() -> request("/v1/reservations").POST(BodyPublishers.ofString(json(reservations.get()))));
    }

    /** A client that asks one question at a time. */
    public ClosedLoop.Client asking(Supplier<String> paths) {
        return client(() -> request(paths.get()).GET());
    }

    private ClosedLoop.Client client(Supplier<HttpRequest.Builder> requests) {
        return ClosedLoop.Client.of(
                () -> http.sendAsync(requests.get().build(), BodyHandlers.discarding()),
                response -> response.statusCode() >= ACCEPTED_FROM && response.statusCode() <= ACCEPTED_TO);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30));
    }

    private static String json(ReserveStock reservation) {
        return "{\"documentId\":\"" + reservation.getDocumentId() + "\",\"channel\":\"" + reservation.getChannel()
                + "\",\"location\":\"" + reservation.getLocation()
                + "\",\"timeToLive\":\"PT15M\",\"lines\":[{\"item\":{\"sku\":\""
                + reservation.getLines(0).getItem().getSku() + "\"},\"quantity\":\""
                + reservation.getLines(0).getQuantity() + "\"}]}";
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
