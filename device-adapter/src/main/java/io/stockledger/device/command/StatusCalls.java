package io.stockledger.device.command;

import io.stockledger.device.config.AdapterSettings;
import io.stockledger.device.status.StatusToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls to the status port of the adapter that runs on this machine. */
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

    String post(String path) throws IOException, InterruptedException {
        return body(HttpRequest.newBuilder(address(path))
                .header("Authorization", "Bearer " + StatusToken.read(settings.data()))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + settings.statusPort() + path);
    }

    private String body(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(response.body().strip());
        }
        return response.body();
    }
}
