package io.stockledger.device.command;

import io.stockledger.device.config.AdapterSettings;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Shows the reads that wait for a person, sends them anew, or gives them up. */
@Command(name = "parked", description = "Lists parked reads; replays or discards them.")
public final class ParkedCommand extends ConfiguredCommand {

    @Option(names = "--replay", description = "send them anew, as today's configuration reads them")
    private boolean replay;

    @Option(names = "--discard", description = "give them up")
    private boolean discard;

    @Option(names = "--device", description = "only those of this device")
    private String device = "";

    @Option(names = "--sequence", description = "only this read of the device")
    private long sequence;

    @Override
    int run(AdapterSettings settings) throws IOException, InterruptedException {
        if (replay && discard) {
            System.err.println("--replay and --discard (expected: one of them)");
            return WRONG_USAGE;
        }
        if (sequence != 0 && device.isEmpty()) {
            System.err.println("--sequence " + sequence + " (expected: with --device, which counts its own reads)");
            return WRONG_USAGE;
        }
        StatusCalls calls = new StatusCalls(settings);
        JsonNode status = new ObjectMapper().readTree(calls.get("status.json"));
        List<String> devices = status.get("devices")
                .valueStream()
                .map(row -> row.get("name").asString())
                .toList();
        if (!device.isEmpty() && !devices.contains(device)) {
            System.err.println("device: " + device + " (expected: one of " + String.join(", ", devices) + ")");
            return WRONG_USAGE;
        }
        int met = 0;
        int failed = 0;
        long more = status.get("devices")
                .valueStream()
                .filter(row -> device.isEmpty() || device.equals(row.get("name").asString()))
                .mapToLong(row -> row.get("parked").asLong())
                .sum();
        for (JsonNode read : status.get("parked")) {
            if (isMeant(read)) {
                met++;
                System.out.printf(
                        "%s %s %s %s %s: %s%n",
                        read.get("device").asString(),
                        read.get("sequence").asString(),
                        read.get("readAt").asString(),
                        read.get("mode").asString(),
                        read.get("raw").asString(),
                        read.get("detail").asString());
                failed += replay || discard ? settle(calls, read) : 0;
            }
        }
        if (sequence != 0 && met == 0) {
            System.err.println("read " + sequence + " of " + device + " (expected: one that is parked)");
            return FAILED;
        }
        if (sequence == 0 && more > met) {
            System.err.println(more - met + " more are parked; they are shown once these are settled.");
        }
        return failed == 0 ? DONE : FAILED;
    }

    private boolean isMeant(JsonNode read) {
        return (device.isEmpty() || device.equals(read.get("device").asString()))
                && (sequence == 0 || sequence == read.get("sequence").asLong());
    }

    private int settle(StatusCalls calls, JsonNode read) throws InterruptedException {
        try {
            System.out.print("  "
                    + calls.post(
                            "devices",
                            read.get("device").asString(),
                            "parked",
                            read.get("sequence").asString(),
                            replay ? "replay" : "discard"));
            return 0;
        } catch (IOException e) {
            System.out.println("  stays parked: " + e.getMessage());
            return 1;
        }
    }
}
