package io.stockledger.api.store;

import io.stockledger.eventstore.AxonFactStore;
import io.stockledger.eventstore.FactSerializer;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.event.axon.AxonServerEventStore;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.jspecify.annotations.Nullable;

/** A connection to an Axon Server and the facts in it. */
public final class AxonServerFacts implements ConnectedFacts {

    private static final String COMPONENT = "stockledger";

    private final AxonServerConnectionManager connections;
    private final AxonFactStore store;

    private AxonServerFacts(AxonServerConnectionManager connections, AxonFactStore store) {
        this.connections = connections;
        this.store = store;
    }

    /**
     * Connects in the background: a server that is away makes calls fail, not this.
     *
     * @param address for example {@code axonserver:8124}; several, separated by commas, for a cluster
     * @param token the access token; null where access control is off
     */
    public static AxonServerFacts connect(String address, @Nullable String token) {
        // The server's own "download Axon Server" banner is shown unless this says not to.
        System.setProperty("axon.axonserver.suppressDownloadMessage", "true");
        AxonServerConfiguration.Builder builder =
                AxonServerConfiguration.builder().servers(address).componentName(COMPONENT);
        if (token != null) {
            builder.token(token);
        }
        AxonServerConfiguration configuration = builder.build();
        AxonServerConnectionManager connections = AxonServerConnectionManager.builder()
                .axonServerConfiguration(configuration)
                .build();
        connections.start();
        FactSerializer serializer = FactSerializer.create();
        AxonServerEventStore events = AxonServerEventStore.builder()
                .configuration(configuration)
                .platformConnectionManager(connections)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .snapshotFilter(SnapshotFilter.allowAll())
                .build();
        return new AxonServerFacts(connections, new AxonFactStore(events, new AxonServerSpecifics(events)));
    }

    @Override
    public AxonFactStore store() {
        return store;
    }

    @Override
    public boolean isConnected() {
        return connections.isConnected(connections.getDefaultContext());
    }

    @Override
    public void close() {
        connections.shutdown();
    }
}
