package io.stockledger.api.gate;

import io.stockledger.api.problem.Refusals;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
import io.stockledger.api.wire.AvailabilityWire;
import io.stockledger.api.wire.PageToken;
import io.stockledger.document.Check;
import io.stockledger.document.InvalidCommand;
import io.stockledger.item.ItemRefusal;
import io.stockledger.location.LocationRefusal;
import io.stockledger.projections.availability.AvailabilityAnswer;
import io.stockledger.projections.availability.AvailabilityPage;
import io.stockledger.projections.availability.AvailabilityQueries;
import io.stockledger.projections.availability.AvailabilityQueries.Asked;
import io.stockledger.projections.availability.AvailabilityView;
import io.stockledger.projections.availability.ItemKey;
import io.stockledger.projections.availability.StockLevel;
import io.stockledger.projections.catalog.CatalogQueries;
import io.stockledger.projections.catalog.CatalogView;
import io.stockledger.projections.view.Freshness;
import io.stockledger.v1.BatchAvailability;
import io.stockledger.v1.BatchGetRequest;
import io.stockledger.v1.GetItemRequest;
import io.stockledger.v1.ItemAvailability;
import io.stockledger.v1.ListLocationRequest;
import io.stockledger.v1.LocationAvailability;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Questions about stock. A caller tied to locations gets only theirs. */
public final class StockQuestions {

    private static final List<String> AVAILABILITY = List.of(AvailabilityView.NAME);
    private static final List<String> BOTH = List.of(AvailabilityView.NAME, CatalogView.NAME);

    private final Queries queries;
    private final Together<ItemKey, io.stockledger.projections.availability.ItemAvailability> items;
    private final AvailabilityQueries availability;
    private final CatalogQueries catalog;
    private final InstantSource clock;

    /** @param items answers for availability of an item, which are asked for most */
    public StockQuestions(
            Queries queries,
            Together<ItemKey, io.stockledger.projections.availability.ItemAvailability> items,
            AvailabilityQueries availability,
            CatalogQueries catalog,
            InstantSource clock) {
        this.queries = queries;
        this.items = items;
        this.availability = availability;
        this.catalog = catalog;
        this.clock = clock;
    }

    CompletableFuture<ItemAvailability> item(GetItemRequest request, Caller caller) {
        return queries.askTogether(caller, request.getFreshness(), BOTH, () -> {
            List<String> channels = AvailabilityWire.channels(request.getChannelsList());
            return items.ask(key(request)).thenApply(found -> answer(found, request, channels, caller));
        });
    }

    private static ItemKey key(GetItemRequest request) {
        return switch (request.getItemCase()) {
            case SKU -> ItemKey.ofSku(Check.sku("sku", request.getSku()));
            case BARCODE -> ItemKey.ofBarcode(Check.identifier("barcode", request.getBarcode(), 90));
            case ITEM_NOT_SET -> throw neither();
        };
    }

    private static ItemAvailability answer(
            Optional<io.stockledger.projections.availability.ItemAvailability> found,
            GetItemRequest request,
            List<String> channels,
            Caller caller) {
        io.stockledger.projections.availability.ItemAvailability item =
                found.orElseThrow(() -> unknown(request.getSku(), request.hasBarcode() ? request.getBarcode() : null));
        ItemAvailability.Builder answer = ItemAvailability.newBuilder()
                .setSku(item.sku())
                .setName(item.name())
                .setUnit(item.unit().code())
                .setAsOf(AvailabilityWire.asOf(item.asOf()));
        for (StockLevel level : item.levels()) {
            if (caller.maySee(level.key().location())) {
                answer.addLevels(AvailabilityWire.level(level, channels));
            }
        }
        return answer.build();
    }

    CompletableFuture<LocationAvailability> location(ListLocationRequest request, Caller caller) {
        return queries.askPermitted(caller, request.getFreshness(), AVAILABILITY, () -> locationNow(request, caller));
    }

    private LocationAvailability locationNow(ListLocationRequest request, Caller caller) {
        List<String> channels = AvailabilityWire.channels(request.getChannelsList());
        String location = Check.code("location", request.getLocation());
        caller.requireSight(location);
        int size = PageToken.size(request.getPageSize());
        AvailabilityPage page = availability.atLocation(
                location, PageToken.place(request.getPageToken()), size, clock.instant(), Freshness.ANY);
        if (page.levels().isEmpty() && catalog.location(location, Freshness.ANY).isEmpty()) {
            throw new RequestRefused(Refusals.problem(new LocationRefusal.UnknownLocation(location)));
        }
        LocationAvailability.Builder answer =
                LocationAvailability.newBuilder().setLocation(location).setAsOf(AvailabilityWire.asOf(page.asOf()));
        page.levels().forEach(level -> answer.addLevels(AvailabilityWire.level(level, channels)));
        String nextAfter = page.nextAfter();
        if (nextAfter != null) {
            answer.setNextPageToken(PageToken.of(nextAfter));
        }
        return answer.build();
    }

    CompletableFuture<BatchAvailability> many(BatchGetRequest request, Caller caller) {
        return queries.askPermitted(caller, request.getFreshness(), AVAILABILITY, () -> manyNow(request, caller));
    }

    private BatchAvailability manyNow(BatchGetRequest request, Caller caller) {
        List<String> channels = AvailabilityWire.channels(request.getChannelsList());
        List<Asked> asked = AvailabilityWire.asked(request);
        for (Asked one : asked) {
            String location = one.location();
            if (location != null) {
                caller.requireSight(Check.code("keys.location", location));
            }
        }
        AvailabilityAnswer found = availability.many(asked, clock.instant(), Freshness.ANY);
        BatchAvailability.Builder answer = BatchAvailability.newBuilder().setAsOf(AvailabilityWire.asOf(found.asOf()));
        for (StockLevel level : found.levels()) {
            if (caller.maySee(level.key().location())) {
                answer.addLevels(AvailabilityWire.level(level, channels));
            }
        }
        return answer.build();
    }

    private static InvalidCommand neither() {
        return new InvalidCommand("item", "missing (expected: sku or barcode)");
    }

    private static RequestRefused unknown(String sku, @Nullable String barcode) {
        return new RequestRefused(Refusals.problem(
                barcode == null ? new ItemRefusal.UnknownItem(sku) : new ItemRefusal.UnknownBarcode(barcode)));
    }
}
