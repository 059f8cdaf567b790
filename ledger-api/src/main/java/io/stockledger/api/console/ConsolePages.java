package io.stockledger.api.console;

import io.stockledger.api.security.Caller;
import io.stockledger.api.security.Permission;
import io.stockledger.document.Check;
import io.stockledger.document.DocumentRef;
import io.stockledger.projections.availability.AvailabilityPage;
import io.stockledger.projections.availability.AvailabilityQueries;
import io.stockledger.projections.availability.ItemAvailability;
import io.stockledger.projections.availability.ItemKey;
import io.stockledger.projections.availability.ItemQueries;
import io.stockledger.projections.availability.StockLevel;
import io.stockledger.projections.catalog.CatalogItem;
import io.stockledger.projections.catalog.CatalogLocation;
import io.stockledger.projections.catalog.CatalogQueries;
import io.stockledger.projections.history.HistoryPage;
import io.stockledger.projections.history.HistoryQueries;
import io.stockledger.projections.history.HistoryQuestion;
import io.stockledger.projections.movements.MovementQueries;
import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.Views;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;

/** Stock, items, documents and views as pages. Reads what the APIs read, with the same permissions. */
@Controller
@RequestMapping("/console")
class ConsolePages {

    private static final int ROWS = 100;
    private static final int FACTS = 50;
    private static final int STORY_STEPS = 500;
    private static final int LONGEST_TEXT = 200;

    private final AvailabilityQueries availability;
    private final ItemQueries items;
    private final CatalogQueries catalog;
    private final HistoryQueries history;
    private final MovementQueries movements;
    private final Views views;
    private final InstantSource clock;

    ConsolePages(
            AvailabilityQueries availability,
            ItemQueries items,
            CatalogQueries catalog,
            HistoryQueries history,
            MovementQueries movements,
            Views views,
            InstantSource clock) {
        this.availability = availability;
        this.items = items;
        this.catalog = catalog;
        this.history = history;
        this.movements = movements;
        this.views = views;
        this.clock = clock;
    }

    @ModelAttribute("caller")
    @Nullable Caller caller(@AuthenticationPrincipal @Nullable Caller caller) {
        return caller;
    }

    @GetMapping("/login")
    String login() {
        return "console/login";
    }

    @GetMapping
    String home() {
        return "redirect:/console/stock";
    }

    @GetMapping("/stock")
    String stock(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String location,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String after,
            Model model) {
        List<CatalogLocation> locations = catalog.locations().stream()
                .filter(one -> caller.maySee(one.location()))
                .toList();
        model.addAttribute("locations", locations);
        if (!locations.isEmpty()) {
            String shown = location == null ? locations.get(0).location() : location;
            levels(caller, shown, text, after, model);
        }
        return "console/stock";
    }

    @GetMapping("/stock/levels")
    String levels(
            @AuthenticationPrincipal Caller caller,
            @RequestParam String location,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String after,
            Model model) {
        caller.requireSight(Check.code("location", location));
        Check.text("text", text, LONGEST_TEXT);
        Check.optionalIdentifier("after", after, LONGEST_TEXT);
        AvailabilityPage page =
                availability.matching(location, text.strip(), after, ROWS, clock.instant(), Freshness.ANY);
        List<String> skus =
                page.levels().stream().map(level -> level.key().sku()).toList();
        String refresh = link("/console/stock/levels", location, text, after);
        String next = page.nextAfter() == null ? null : link("/console/stock", location, text, page.nextAfter());
        model.addAttribute("location", location);
        model.addAttribute("text", text);
        model.addAttribute(
                "page", StockPage.of(page.levels(), catalog.names(skus), refresh, next, AsOfText.of(page.asOf())));
        return "console/stock-levels";
    }

    @GetMapping("/item")
    String item(
            @AuthenticationPrincipal Caller caller,
            @RequestParam String sku,
            @RequestParam(required = false) @Nullable String location,
            @RequestParam(required = false) @Nullable Long before,
            Model model) {
        if (location != null) {
            caller.requireSight(Check.code("location", location));
        }
        ItemAvailability everywhere = items.item(ItemKey.ofSku(Check.sku("sku", sku)), clock.instant())
                .orElseThrow(() -> noItem(sku));
        CatalogItem known = catalog.bySku(sku, Freshness.ANY).orElseThrow(() -> noItem(sku));
        List<StockLevel> seen = everywhere.levels().stream()
                .filter(level -> caller.maySee(level.key().location()))
                .filter(level -> location == null || location.equals(level.key().location()))
                .toList();
        ItemAvailability shown =
                new ItemAvailability(everywhere.sku(), everywhere.name(), everywhere.unit(), seen, everywhere.asOf());
        boolean tells = caller.may(Permission.READ_HISTORY);
        HistoryQuestion question =
                HistoryQuestion.ALL.withSku(sku).withLocation(location).tiedTo(caller.locations());
        List<StoryLine> story = seen.stream()
                .map(level -> level.key().location())
                .map(place -> StoryLine.of(place, movements.timeline(sku, place, STORY_STEPS, Freshness.ANY)))
                .filter(line -> tells && !line.points().isEmpty())
                .toList();
        model.addAttribute("location", location);
        model.addAttribute("item", ItemPage.of(shown, known, story));
        model.addAttribute("facts", tells ? facts(question, before) : FactRows.of(List.of(), null));
        return "console/item";
    }

    @GetMapping("/document")
    String document(
            @AuthenticationPrincipal Caller caller,
            @RequestParam String id,
            @RequestParam(defaultValue = "0") long after,
            Model model) {
        caller.require(Permission.READ_HISTORY);
        HistoryPage page = history.oldestFirst(ofDocument(id, caller), after, FACTS, Freshness.ANY);
        if (page.facts().isEmpty() && after == 0) {
            throw notFound("There is no document '" + id + "', or none that you may see.");
        }
        String next = page.next().isEmpty()
                ? null
                : UriComponentsBuilder.fromPath("/console/document")
                        .queryParam("id", "{id}")
                        .queryParam("after", page.next().getAsLong())
                        .encode()
                        .buildAndExpand(id)
                        .toUriString();
        model.addAttribute("document", id);
        model.addAttribute("facts", FactRows.of(page.facts(), next));
        return "console/document";
    }

    /** Where a text that somebody typed leads: a document, an item by SKU or barcode, or a search by name. */
    @GetMapping("/find")
    String find(@AuthenticationPrincipal Caller caller, @RequestParam String text) {
        String wanted = text.strip();
        Check.text("text", wanted, LONGEST_TEXT);
        if (caller.may(Permission.READ_HISTORY) && isDocument(wanted, caller)) {
            return redirect("/console/document", "id", wanted);
        }
        return catalog.bySku(wanted, Freshness.ANY)
                .or(() -> catalog.byBarcode(wanted, Freshness.ANY))
                .map(item -> redirect("/console/item", "sku", item.sku()))
                .orElseGet(() -> redirect("/console/stock", "text", wanted));
    }

    @GetMapping("/views")
    String views(@AuthenticationPrincipal Caller caller, Model model) {
        viewsTable(caller, model);
        return "console/views";
    }

    @GetMapping("/views/table")
    String viewsTable(@AuthenticationPrincipal Caller caller, Model model) {
        caller.require(Permission.READ_OPERATIONS);
        model.addAttribute("views", views.statuses().stream().map(ViewRow::of).toList());
        return "console/views-table";
    }

    private boolean isDocument(String text, Caller caller) {
        return DocumentRef.Kind.ofStream(text).isPresent()
                && !history.oldestFirst(ofDocument(text, caller), 1, Freshness.ANY)
                        .facts()
                        .isEmpty();
    }

    private FactRows facts(HistoryQuestion question, @Nullable Long before) {
        HistoryPage page = before == null
                ? history.newestFirst(question, FACTS, Freshness.ANY)
                : history.newestFirst(question, before, FACTS, Freshness.ANY);
        String next = page.next().isEmpty()
                ? null
                : UriComponentsBuilder.fromPath("/console/item")
                        .queryParam("sku", "{sku}")
                        .queryParamIfPresent("location", Optional.ofNullable(question.location()))
                        .queryParam("before", page.next().getAsLong())
                        .encode()
                        .buildAndExpand(question.sku())
                        .toUriString();
        return FactRows.of(page.facts(), next);
    }

    /** A principal that is tied to locations sees what happened there or nowhere in particular, and nothing of elsewhere. */
    private static HistoryQuestion ofDocument(String document, Caller caller) {
        return HistoryQuestion.ofDocument(document).tiedTo(caller.locations());
    }

    private static String link(String path, String location, String text, String after) {
        return UriComponentsBuilder.fromPath(path)
                .queryParam("location", "{location}")
                .queryParam("text", "{text}")
                .queryParam("after", "{after}")
                .encode()
                .buildAndExpand(location, text, after)
                .toUriString();
    }

    private static String redirect(String path, String name, String value) {
        return "redirect:"
                + UriComponentsBuilder.fromPath(path)
                        .queryParam(name, "{value}")
                        .encode()
                        .buildAndExpand(value)
                        .toUriString();
    }

    private static ResponseStatusException noItem(String sku) {
        return notFound("There is no item '" + sku + "'. Look for it by name, barcode or SKU above.");
    }

    private static ResponseStatusException notFound(String message) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, message);
    }
}
