package io.stockledger.device.command;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.stockledger.device.config.AdapterSettings;
import io.stockledger.device.uplink.LedgerChannel;
import io.stockledger.v1.CreateEnrolmentCodeRequest;
import io.stockledger.v1.EnrolmentCode;
import io.stockledger.v1.EnrolmentGrpc;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a one-time code, for an administrator with a key. */
@Command(
        name = "invite",
        description = {
            "Makes a one-time code by which a machine enrols. For administrators.",
            "Takes the administrator's key from the environment variable STOCKLEDGER_KEY, so that it is in no history."
        })
public final class InviteCommand extends ConfiguredCommand {

    @Option(names = "--location", required = true, description = "the only location that the machine's key will be for")
    private String location = "";

    @Override
    int run(AdapterSettings settings) throws IOException, InterruptedException {
        String key = System.getenv("STOCKLEDGER_KEY");
        if (key == null || key.isBlank()) {
            System.err.println("STOCKLEDGER_KEY: not set (expected: an administrator's API key)");
            return WRONG_USAGE;
        }
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key.strip());
        ManagedChannel channel = LedgerChannel.open(settings.ledger());
        try {
            EnrolmentCode code = EnrolmentGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                    .createEnrolmentCode(CreateEnrolmentCodeRequest.newBuilder()
                            .setLocation(location)
                            .build());
            System.out.println(code.getCode());
            System.err.println("Good once, until "
                    + Instant.ofEpochSecond(code.getExpiresAt().getSeconds()) + ", for " + location + ".");
            return DONE;
        } catch (StatusRuntimeException e) {
            return refused(e, settings);
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }
}
