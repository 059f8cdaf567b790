package io.stockledger.api.console;

import io.stockledger.api.security.Caller;
import io.stockledger.api.security.Permission;
import io.stockledger.connectors.reaction.EffectLog;
import io.stockledger.connectors.reaction.EffectLog.Tally;
import io.stockledger.connectors.reaction.LoggedEffect;
import io.stockledger.connectors.reaction.LoggedEffect.State;
import io.stockledger.connectors.webhook.Deliveries;
import io.stockledger.connectors.webhook.WebhookEndpoint;
import io.stockledger.connectors.webhook.WebhookEndpoints;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/** To whom facts are sent, and what became of each message, as pages. */
@Controller
@RequestMapping("/console/webhooks")
class ConsoleWebhooks {

    private static final int MESSAGES = 50;

    private final WebhookEndpoints endpoints;
    private final Deliveries deliveries;
    private final EffectLog log;

    ConsoleWebhooks(WebhookEndpoints endpoints, Deliveries deliveries, EffectLog log) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.log = log;
    }

    @ModelAttribute("caller")
    @Nullable Caller caller(@AuthenticationPrincipal @Nullable Caller caller) {
        return caller;
    }

    @GetMapping
    String list(@AuthenticationPrincipal Caller caller, Model model) {
        table(caller, model);
        return "console/webhooks";
    }

    @GetMapping("/table")
    String table(@AuthenticationPrincipal Caller caller, Model model) {
        caller.require(Permission.MANAGE_WEBHOOKS);
        model.addAttribute(
                "endpoints",
                rows(endpoints.list().stream()
                        .filter(endpoint -> caller.maySeeAllOf(endpoint.locations()))
                        .toList()));
        return "console/webhooks-table";
    }

    @GetMapping("/endpoint")
    String endpoint(
            @AuthenticationPrincipal Caller caller,
            @RequestParam String id,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(required = false) @Nullable Long before,
            Model model) {
        WebhookEndpoint shown = shown(id, caller);
        Optional<State> only = Arrays.stream(State.values())
                .filter(one -> one.name().equalsIgnoreCase(state))
                .findFirst();
        List<LoggedEffect> page = deliveries
                .page(id, only.orElse(null), before == null ? Long.MAX_VALUE : before, MESSAGES)
                .orElse(List.of());
        model.addAttribute("endpoint", rows(List.of(shown)).get(0));
        model.addAttribute("state", only.isPresent() ? state : "");
        model.addAttribute("messages", page.stream().map(DeliveryRow::of).toList());
        model.addAttribute(
                "next",
                page.size() < MESSAGES
                        ? null
                        : UriComponentsBuilder.fromPath("/console/webhooks/endpoint")
                                .queryParam("id", id)
                                .queryParam("state", only.isPresent() ? state : "")
                                .queryParam("before", page.get(MESSAGES - 1).position())
                                .toUriString());
        return "console/webhook";
    }

    @GetMapping("/message")
    String message(
            @AuthenticationPrincipal Caller caller,
            @RequestParam String id,
            @RequestParam String message,
            Model model) {
        WebhookEndpoint shown = shown(id, caller);
        Deliveries.Delivery found = deliveries
                .find(id, message)
                .orElseThrow(() ->
                        new ResponseStatusException(HttpStatus.NOT_FOUND, "No message is called '" + message + "'."));
        model.addAttribute("endpoint", rows(List.of(shown)).get(0));
        model.addAttribute("message", DeliveryRow.of(found.message()));
        model.addAttribute("tries", found.tries().stream().map(TryRow::of).toList());
        return "console/webhook-message";
    }

    private WebhookEndpoint shown(String id, Caller caller) {
        caller.require(Permission.MANAGE_WEBHOOKS);
        return endpoints
                .find(id)
                .filter(endpoint -> caller.maySeeAllOf(endpoint.locations()))
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No endpoint is called '" + id + "'."));
    }

    private List<EndpointRow> rows(List<WebhookEndpoint> shown) {
        Map<String, Tally> tallies =
                log.tallies(shown.stream().map(WebhookEndpoint::target).toList());
        return shown.stream()
                .map(endpoint -> EndpointRow.of(endpoint, Objects.requireNonNull(tallies.get(endpoint.target()))))
                .toList();
    }
}
