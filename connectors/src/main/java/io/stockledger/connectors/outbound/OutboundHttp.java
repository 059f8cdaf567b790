package io.stockledger.connectors.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.ModalCloseable;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Calls to other systems. A host's addresses are looked up once per connection, all of them must be allowed, and the
 * connection goes to one of these; redirects are not followed, and no proxy, cookie or credential of the machine is used.
 */
public final class OutboundHttp implements AutoCloseable {

    /** Enough for what a server says for people. */
    private static final int MOST_OF_BODY = 4_096;

    private static final Duration LONGEST_CONNECTION = Duration.ofMinutes(1);

    private final CloseableHttpClient https;
    private final CloseableHttpClient plain;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "outbound-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    private OutboundHttp(CloseableHttpClient https, CloseableHttpClient plain) {
        this.https = https;
        this.plain = plain;
    }

    /**
     * @param trusted whose certificates are believed
     * @param connections at once, to one host if need be: two targets there must not wait for one another
     */
    public static OutboundHttp of(AddressPolicy policy, HostResolver resolver, SSLContext trusted, int connections) {
        return new OutboundHttp(
                client(checked(policy, resolver), trusted, connections),
                client(onlyLoopback(policy, resolver), trusted, connections));
    }

    /**
     * Sends a body and reads the beginning of the answer.
     *
     * @param timeout for all of it
     * @throws AddressRefused when the host has an address that must not be called
     * @throws IOException when nothing was answered in time
     */
    public HttpAnswer post(URI url, Map<String, String> headers, String contentType, byte[] body, Duration timeout)
            throws IOException {
        HttpPost post = new HttpPost(url);
        headers.forEach(post::setHeader);
        post.setEntity(new ByteArrayEntity(body, ContentType.parse(contentType)));
        Timeout within = Timeout.ofMilliseconds(timeout.toMillis());
        post.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(within)
                .setResponseTimeout(within)
                .build());
        // Time-outs of sockets begin anew with each byte; this one does not.
        Future<?> deadline = deadlines.schedule(post::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
        CloseableHttpClient client = "https".equals(url.getScheme()) ? https : plain;
        try {
            return answer(client.executeOpen(HttpHost.create(url), post, null));
        } catch (IOException | RuntimeException e) {
            if (post.isCancelled()) {
                throw new InterruptedIOException("no answer within " + timeout.toMillis() + " ms");
            }
            throw e;
        } finally {
            deadline.cancel(false);
        }
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        try {
            https.close();
            plain.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpAnswer answer(ClassicHttpResponse response) throws IOException {
        try {
            Header retryAfter = response.getFirstHeader("Retry-After");
            return new HttpAnswer(
                    response.getCode(),
                    Optional.ofNullable(retryAfter).map(Header::getValue),
                    beginning(response.getEntity()));
        } finally {
            // To close gracefully what is not read to its end would be to read it to its end.
            if (response instanceof ModalCloseable closeable) {
                closeable.close(CloseMode.IMMEDIATE);
            } else {
                response.close();
            }
        }
    }

    private static String beginning(@Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        InputStream in = entity.getContent();
        String beginning = new String(in.readNBytes(MOST_OF_BODY), StandardCharsets.UTF_8);
        // Only what is known to have ended leaves a connection that can be used again.
        return in.read() < 0 ? beginning : beginning + "…";
    }

    private static CloseableHttpClient client(DnsResolver resolver, SSLContext trusted, int connections) {
        return HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolver)
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(trusted))
                        .setMaxConnTotal(connections)
                        .setMaxConnPerRoute(connections)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.ofSeconds(5))
                                .setTimeToLive(TimeValue.ofMilliseconds(LONGEST_CONNECTION.toMillis()))
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                .build())
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("Stockledger")
                .build();
    }

    private static DnsResolver checked(AddressPolicy policy, HostResolver resolver) {
        return resolver(host -> {
            List<InetAddress> addresses = resolver.resolve(host);
            for (InetAddress address : addresses) {
                if (!policy.allows(address)) {
                    throw new AddressRefused(host, address, "a public address");
                }
            }
            return addresses;
        });
    }

    private static DnsResolver onlyLoopback(AddressPolicy policy, HostResolver resolver) {
        return resolver(host -> {
            List<InetAddress> addresses = resolver.resolve(host);
            for (InetAddress address : addresses) {
                if (!policy.loopback() || !AddressPolicy.isLoopback(address)) {
                    throw new AddressRefused(host, address, "https");
                }
            }
            return addresses;
        });
    }

    private static DnsResolver resolver(HostResolver checked) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                List<InetAddress> addresses = checked.resolve(host);
                if (addresses.isEmpty()) {
                    throw new UnknownHostException(host);
                }
                return addresses.toArray(InetAddress[]::new);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }
}
