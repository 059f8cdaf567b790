package io.stockledger.device.command;

import io.stockledger.device.config.AdapterSettings;
import io.stockledger.device.status.StatusToken;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Calls to the status port of the adapter that runs on this machine. Each fails with a sentence for a person. */
final class StatusCalls {

    private final AdapterSettings settings;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    StatusCalls(AdapterSettings settings) {
        this.settings = settings;
    }

    String get(String path) throws IOException, InterruptedException {
        return body(HttpRequest.newBuilder(address(path)).build());
    }

    /** @param words the path's parts, as they are */
    String post(String... words) throws IOException, InterruptedException {
        return body(HttpRequest.newBuilder(address(words))
                .header("Authorization", "Bearer " + StatusToken.read(settings.data()))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private URI address(String... words) throws IOException {
        if (settings.statusPort() < 0) {
            throw new IOException(
                    "status-port: " + settings.statusPort() + " (expected: a port to ask the adapter at)");
        }
        StringBuilder address = new StringBuilder("http://127.0.0.1:").append(settings.statusPort());
        for (String word : words) {
            address.append('/')
                    .append(URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return URI.create(address.toString());
    }

    private String body(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException | HttpTimeoutException e) {
            throw new IOException(
                    "The adapter does not answer (expected: it runs, with status-port " + settings.statusPort() + ").",
                    e);
        }
        if (response.statusCode() != 200) {
            throw new IOException(response.body().strip());
        }
        return response.body();
    }
}
