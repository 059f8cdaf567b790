package io.stockledger.api.wire;

import io.stockledger.connectors.feed.FactsPage;
import io.stockledger.document.Check;
import io.stockledger.document.InvalidCommand;
import io.stockledger.projections.history.HistoryFact;
import io.stockledger.projections.history.HistoryPage;
import io.stockledger.projections.history.HistoryQuestion;
import io.stockledger.projections.view.Freshness;
import io.stockledger.v1.Fact;
import io.stockledger.v1.FactPage;
import io.stockledger.v1.FactsRead;
import io.stockledger.v1.ListFactsRequest;
import io.stockledger.v1.ReadFactsRequest;
import java.time.Duration;

/** Questions about what happened, and the facts, as messages. */
public final class HistoryWire {

    private HistoryWire() {}

    public static HistoryQuestion question(ListFactsRequest request) {
        return HistoryQuestion.ALL
                .withSku(WireFields.optional(request.getSku()))
                .withLocation(WireFields.optional(request.getLocation()))
                .withDocument(WireFields.optional(request.getDocument()))
                .withDevice(WireFields.optional(request.getDevice()))
                .withPrincipal(WireFields.optional(request.getPrincipal()))
                .withNames(Check.atMost("names", request.getNamesList()))
                .recorded(
                        WireFields.optional("recordedFrom", request.hasRecordedFrom(), request.getRecordedFrom()),
                        WireFields.optional(
                                "recordedBefore", request.hasRecordedBefore(), request.getRecordedBefore()));
    }

    public static FactPage page(HistoryPage page) {
        FactPage.Builder message = FactPage.newBuilder().setAsOf(AvailabilityWire.asOf(page.asOf()));
        page.facts().forEach(fact -> message.addFacts(fact(fact)));
        page.next().ifPresent(position -> message.setNextPageToken(PageToken.of(String.valueOf(position))));
        return message.build();
    }

    public static FactsRead read(FactsPage page) {
        FactsRead.Builder message = FactsRead.newBuilder().setNext(page.next()).setHead(page.head());
        page.facts().forEach(fact -> message.addFacts(fact(fact)));
        return message.build();
    }

    public static Duration patience(ReadFactsRequest request) {
        Duration wait = request.hasWait() ? WireFields.duration("wait", request.getWait()) : Duration.ZERO;
        if (wait.isNegative() || wait.compareTo(Freshness.LONGEST_WAIT) > 0) {
            throw new InvalidCommand("wait", wait + " (expected: PT0S to " + Freshness.LONGEST_WAIT + ")");
        }
        return wait;
    }

    private static Fact fact(HistoryFact fact) {
        Fact.Builder message = Fact.newBuilder()
                .setPosition(fact.position())
                .setStream(fact.stream())
                .setSequence(fact.sequence())
                .setName(fact.name())
                .setRevision(fact.revision())
                .setRecordedAt(WireFields.timestamp(fact.recordedAt()))
                .setBusinessTime(WireFields.timestamp(fact.businessTime()))
                .setCommand(fact.command())
                .setDocument(fact.document())
                .setPrincipal(fact.principal())
                .setPayload(fact.payload());
        String device = fact.device();
        if (device != null) {
            message.setDevice(device);
        }
        String tryId = fact.tryId();
        if (tryId != null) {
            message.setTryId(tryId);
        }
        message.putAllMetadata(fact.metadata());
        String requestId = fact.requestId();
        if (requestId != null) {
            message.setRequestId(requestId);
        }
        return message.build();
    }
}
