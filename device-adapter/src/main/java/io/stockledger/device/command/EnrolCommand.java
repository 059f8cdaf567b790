package io.stockledger.device.command;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.stockledger.device.config.AdapterSettings;
import io.stockledger.device.uplink.KeyFile;
import io.stockledger.device.uplink.LedgerChannel;
import io.stockledger.v1.EnrolRequest;
import io.stockledger.v1.Enrolled;
import io.stockledger.v1.EnrolmentGrpc;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trades a one-time code for this machine's own API key and keeps it in the key file. */
@Command(name = "enrol", description = "Gets this machine an API key for the code that an administrator made.")
public final class EnrolCommand extends ConfiguredCommand {

    @Parameters(index = "0", description = "the code, such as 7KQ2-M9XT-0VHC")
    private String code = "";

    @Option(names = "--name", required = true, description = "what the ledger calls this machine, such as dock-pc-1")
    private String name = "";

    @Override
    int run(AdapterSettings settings) throws IOException, InterruptedException {
        // Before the code is used up, make sure that the key can be kept.
        KeyFile.checkWritable(settings.ledger().keyFile());
        ManagedChannel channel = LedgerChannel.open(settings.ledger());
        try {
            Enrolled enrolled = EnrolmentGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                    .enrol(EnrolRequest.newBuilder()
                            .setCode(code)
                            .setDevice(name)
                            .build());
            KeyFile.write(settings.ledger().keyFile(), enrolled.getApiKey());
            System.out.println("Enrolled as " + enrolled.getKeyName() + ", tied to " + enrolled.getLocation()
                    + "; the key is in " + settings.ledger().keyFile() + ". Restart the adapter.");
            return DONE;
        } catch (StatusRuntimeException e) {
            return refused(e, settings);
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }
}
