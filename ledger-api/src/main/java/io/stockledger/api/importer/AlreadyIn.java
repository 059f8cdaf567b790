package io.stockledger.api.importer;

import com.google.protobuf.Duration;
import io.grpc.StatusRuntimeException;
import io.stockledger.api.client.Connection;
import io.stockledger.api.client.LedgerUnreachable;
import io.stockledger.api.client.Progress;
import io.stockledger.v1.Fact;
import io.stockledger.v1.FactPage;
import io.stockledger.v1.Freshness;
import io.stockledger.v1.HistoryGrpc;
import io.stockledger.v1.ListFactsRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * What earlier imports have told the ledger. Each try of a document is named after its content, so that the ledger's
 * history tells what was sent, and what was refused is decided anew in the next run.
 */
final class AlreadyIn {

    private static final int PAGE = 500;
    private static final int MOST_SHOWN = 3;
    private static final Freshness.Builder PATIENT =
            Freshness.newBuilder().setWait(Duration.newBuilder().setSeconds(30));
    private static final String REFUSED = "command-refused";
    private static final Set<String> BOOKED = Stream.of(Document.Kind.values())
            .map(Document.Kind::fact)
            .filter(fact -> !fact.equals(Document.Kind.ITEM_REGISTERED.fact())
                    && !fact.equals(Document.Kind.LOCATION_OPENED.fact()))
            .collect(Collectors.toUnmodifiableSet());

    private final Map<String, Booked> booked = new TreeMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();

    private record Booked(String digest, String location) {}

    private AlreadyIn() {}

    /** @param patience how long the ledger may take for an answer */
    static AlreadyIn read(Connection connection, java.time.Duration patience, Progress progress) {
        AlreadyIn in = new AlreadyIn();
        HistoryGrpc.HistoryBlockingStub history =
                HistoryGrpc.newBlockingStub(connection.channel()).withWaitForReady();
        ListFactsRequest.Builder request =
                ListFactsRequest.newBuilder().setDevice(InvoiceMapping.DEVICE).setPageSize(1);
        progress.begin("looking", 0, "facts that are in");
        try {
            long head = list(history, patience, request).getAsOf().getHead();
            request.setPageSize(PAGE).setFreshness(PATIENT.clone().setAtLeastPosition(head));
            FactPage page;
            do {
                page = list(history, patience, request);
                page.getFactsList().forEach(in::note);
                progress.add(page.getFactsCount());
                request.setPageToken(page.getNextPageToken());
            } while (!page.getNextPageToken().isEmpty());
            progress.end();
            return in;
        } catch (StatusRuntimeException e) {
            throw new LedgerUnreachable("The ledger does not tell what is in already: "
                    + e.getStatus().getCode() + ": " + e.getStatus().getDescription());
        }
    }

    /** Names a try: the same as before for what was accepted, another one for what was refused. */
    String tryOf(Document document) {
        int before = refusals.getOrDefault(document.name(), 0);
        return before == 0 ? document.digest() : document.digest() + "-" + (before + 1);
    }

    /**
     * Holds what is in against what the file makes: all that is booked at the location must be of this file, and all that
     * is in of this file must be booked there, as it is.
     */
    void requireFits(Path file, String location, ImportPlan plan) throws FileRefused {
        List<String> elsewhere = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        booked.forEach((name, known) -> {
            String invoice = OpeningStock.invoiceOf(name.substring(name.indexOf(':') + 1));
            boolean isHere = known.location.equals(location);
            if (!plan.names(invoice)) {
                if (isHere) {
                    foreign.add(name);
                }
            } else if (!isHere) {
                elsewhere.add(name + " at '" + known.location + "'");
            } else if (!plan.makes(name, known.digest, invoice)) {
                changed.add(name);
            }
        });
        refuseAny(elsewhere, "'" + file + "' is booked at another location already: ", "that location");
        refuseAny(
                foreign,
                "'" + location + "' holds invoices of another file: ",
                "a file that begins with what is in, or another location; parts of one file have to be put together, "
                        + "as stock and returns follow from the invoices before");
        refuseAny(
                changed,
                "'" + file + "' tells otherwise what is in already: ",
                "the invoices that are in as they were, and new ones behind them");
    }

    private static void refuseAny(List<String> documents, String what, String expected) throws FileRefused {
        if (!documents.isEmpty()) {
            String more = documents.size() > MOST_SHOWN ? " and " + (documents.size() - MOST_SHOWN) + " more" : "";
            throw new FileRefused(what
                    + documents.stream().limit(MOST_SHOWN).collect(Collectors.joining(", ")) + more + " (expected: "
                    + expected + ")");
        }
    }

    private void note(Fact fact) {
        if (fact.getName().equals(REFUSED)) {
            refusals.merge(fact.getDocument(), 1, Integer::sum);
        } else if (BOOKED.contains(fact.getName())) {
            String location = JsonMapper.shared()
                    .readTree(fact.getPayload())
                    .path("location")
                    .asString("");
            booked.put(fact.getDocument(), new Booked(fact.getTryId().split("-", 2)[0], location));
        }
    }

    private static FactPage list(
            HistoryGrpc.HistoryBlockingStub history, java.time.Duration patience, ListFactsRequest.Builder request) {
        return history.withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS)
                .listFacts(request.build());
    }
}
