package io.stockledger.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes postgresql.conf and pg_hba.conf anew at each start, so that an upgrade of ours reaches old data folders. */
final class ServerConfiguration {
    /** What the product promises: durable commits, and no door but loopback with a password. */
    static final Map<String, String> FIXED = new TreeMap<>(Map.ofEntries(
            Map.entry("fsync", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("listen_addresses", "'127.0.0.1'"),
            Map.entry("unix_socket_directories", "''"),
            Map.entry("password_encryption", "'scram-sha-256'"),
            Map.entry("port", "")));

    private static final Map<String, String> SIZED_FOR_TWO_CORES = Map.ofEntries(
            Map.entry("max_connections", "60"),
            Map.entry("shared_buffers", "'128MB'"),
            Map.entry("work_mem", "'8MB'"),
            Map.entry("maintenance_work_mem", "'64MB'"),
            Map.entry("effective_cache_size", "'1GB'"),
            Map.entry("wal_buffers", "'16MB'"),
            Map.entry("max_wal_size", "'1GB'"),
            Map.entry("min_wal_size", "'160MB'"),
            Map.entry("wal_compression", "off"),
            Map.entry("checkpoint_timeout", "'5min'"),
            Map.entry("random_page_cost", "1.1"),
            Map.entry("jit", "off"),
            Map.entry("max_parallel_workers_per_gather", "0"),
            Map.entry("idle_in_transaction_session_timeout", "'5min'"),
            Map.entry("timezone", "'UTC'"),
            Map.entry("log_timezone", "'UTC'"),
            Map.entry("log_checkpoints", "off"),
            Map.entry("log_line_prefix", "'%m [%p] '"));

    private static final String LOOPBACK_WITH_PASSWORD_ONLY = """
            # Written by Stockledger at each start; changes made here are lost.
            host all all 127.0.0.1/32 scram-sha-256
            """;

    private ServerConfiguration() {}

    static boolean isFixed(String name) {
        return FIXED.containsKey(name);
    }

    static void write(Path cluster, int port, Map<String, String> ofTheCaller) throws IOException {
        Map<String, String> settings = new TreeMap<>(SIZED_FOR_TWO_CORES);
        settings.putAll(ofTheCaller);
        settings.putAll(FIXED);
        settings.put("port", Integer.toString(port));
        StringBuilder lines =
                new StringBuilder("# Written by Stockledger at each start; changes made here are lost.\n");
        settings.forEach(
                (name, value) -> lines.append(name).append(" = ").append(value).append('\n'));
        Files.writeString(cluster.resolve("postgresql.conf"), lines);
        Files.writeString(cluster.resolve("pg_hba.conf"), LOOPBACK_WITH_PASSWORD_ONLY);
    }
}
