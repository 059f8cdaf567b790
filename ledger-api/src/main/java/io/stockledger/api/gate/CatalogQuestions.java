package io.stockledger.api.gate;

import io.stockledger.api.problem.Refusals;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
import io.stockledger.api.wire.CatalogWire;
import io.stockledger.api.wire.PageToken;
import io.stockledger.document.Check;
import io.stockledger.document.InvalidCommand;
import io.stockledger.document.Refusal;
import io.stockledger.item.ItemRefusal;
import io.stockledger.location.LocationRefusal;
import io.stockledger.projections.catalog.CatalogItem;
import io.stockledger.projections.catalog.CatalogLocation;
import io.stockledger.projections.catalog.CatalogQueries;
import io.stockledger.projections.catalog.CatalogView;
import io.stockledger.projections.view.Freshness;
import io.stockledger.v1.CatalogItems;
import io.stockledger.v1.CatalogLocations;
import io.stockledger.v1.GetCatalogItemRequest;
import io.stockledger.v1.GetLocationRequest;
import io.stockledger.v1.ListItemsRequest;
import io.stockledger.v1.ListLocationsRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Questions about items and locations. Items are everybody's; a caller tied to locations is told of no others. */
public final class CatalogQuestions {

    private static final List<String> CATALOG = List.of(CatalogView.NAME);

    private final Queries queries;
    private final CatalogQueries catalog;

    public CatalogQuestions(Queries queries, CatalogQueries catalog) {
        this.queries = queries;
        this.catalog = catalog;
    }

    CompletableFuture<io.stockledger.v1.CatalogItem> item(GetCatalogItemRequest request, Caller caller) {
        return queries.askPermitted(caller, request.getFreshness(), CATALOG, () -> {
            Optional<CatalogItem> found = switch (request.getItemCase()) {
                case SKU -> catalog.bySku(Check.sku("sku", request.getSku()), Freshness.ANY);
                case BARCODE -> catalog.byBarcode(Check.identifier("barcode", request.getBarcode(), 90), Freshness.ANY);
                case ITEM_NOT_SET -> throw new InvalidCommand("item", "missing (expected: sku or barcode)");
            };
            return CatalogWire.item(found.orElseThrow(() -> unknown(
                    request.hasBarcode()
                            ? new ItemRefusal.UnknownBarcode(request.getBarcode())
                            : new ItemRefusal.UnknownItem(request.getSku()))));
        });
    }

    CompletableFuture<CatalogItems> items(ListItemsRequest request, Caller caller) {
        return queries.askPermitted(caller, request.getFreshness(), CATALOG, () -> {
            int size = PageToken.size(request.getPageSize());
            List<CatalogItem> found =
                    catalog.items(text(request.getText()), PageToken.place(request.getPageToken()), size);
            CatalogItems.Builder page = CatalogItems.newBuilder();
            found.forEach(item -> page.addItems(CatalogWire.item(item)));
            if (found.size() == size) {
                page.setNextPageToken(PageToken.of(found.get(size - 1).sku()));
            }
            return page.build();
        });
    }

    CompletableFuture<io.stockledger.v1.CatalogLocation> location(GetLocationRequest request, Caller caller) {
        return queries.askPermitted(caller, request.getFreshness(), CATALOG, () -> {
            String code = Check.code("location", request.getLocation());
            caller.requireSight(code);
            return CatalogWire.location(catalog.location(code, Freshness.ANY)
                    .orElseThrow(() -> unknown(new LocationRefusal.UnknownLocation(code))));
        });
    }

    CompletableFuture<CatalogLocations> locations(ListLocationsRequest request, Caller caller) {
        return queries.askPermitted(caller, request.getFreshness(), CATALOG, () -> {
            int size = PageToken.size(request.getPageSize());
            List<CatalogLocation> found = catalog.locations(
                    text(request.getText()), caller.locations(), PageToken.place(request.getPageToken()), size);
            CatalogLocations.Builder page = CatalogLocations.newBuilder();
            found.forEach(location -> page.addLocations(CatalogWire.location(location)));
            if (found.size() == size) {
                page.setNextPageToken(PageToken.of(found.get(size - 1).location()));
            }
            return page.build();
        });
    }

    private static String text(String text) {
        return text.isEmpty() ? text : Check.name("text", text, 200);
    }

    private static RequestRefused unknown(Refusal refusal) {
        return new RequestRefused(Refusals.problem(refusal));
    }
}
