package io.stockledger.device.command;

import io.stockledger.device.config.AdapterSettings;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Shows the reads that wait for a person, sends them anew, or gives them up. */
@Command(
        name = "parked",
        description = "Lists parked reads; replays or discards them.",
        mixinStandardHelpOptions = true)
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
    int run(AdapterSettings settings) throws InterruptedException {
        if (replay && discard) {
            System.err.println("--replay and --discard (expected: one of them)");
            return WRONG_CONFIGURATION;
        }
        StatusCalls calls = new StatusCalls(settings);
        try {
            int failed = 0;
            for (JsonNode read :
                    new ObjectMapper().readTree(calls.get("/status.json")).get("parked")) {
                if (isMeant(read)) {
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
            return failed == 0 ? DONE : FAILED;
        } catch (IOException e) {
            System.err.println("the running adapter: " + e.getMessage() + " (expected: it runs, with status-port "
                    + settings.statusPort() + ")");
            return FAILED;
        }
    }

    private boolean isMeant(JsonNode read) {
        return (device.isEmpty() || device.equals(read.get("device").asString()))
                && (sequence == 0 || sequence == read.get("sequence").asLong());
    }

    private int settle(StatusCalls calls, JsonNode read) throws InterruptedException {
        try {
            System.out.print("  "
                    + calls.post("/devices/" + read.get("device").asString() + "/parked/"
                            + read.get("sequence").asString() + (replay ? "/replay" : "/discard")));
            return 0;
        } catch (IOException e) {
            System.out.println("  stays parked: " + e.getMessage());
            return 1;
        }
    }
}
