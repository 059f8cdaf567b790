package io.stockledger.api.gate;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.stockledger.api.contract.Contract;
import io.stockledger.api.contract.ContractMethod;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
import io.stockledger.api.security.Permission;
import io.stockledger.api.security.SecurityLog;
import io.stockledger.v1.AvailabilityGrpc;
import io.stockledger.v1.CatalogGrpc;
import io.stockledger.v1.DocumentsGrpc;
import io.stockledger.v1.EnrolmentGrpc;
import io.stockledger.v1.HistoryGrpc;
import io.stockledger.v1.SecurityLogGrpc;
import io.stockledger.v1.WebhooksGrpc;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** Answers each method of the contract that takes one message and gives one, alike for both wires. */
public final class Answers {

    private final ProblemCounts counts;
    private final SecurityLog security;
    private final Map<String, Answering> answerings = new HashMap<>();

    /** Whoever answers one method. */
    public final class Answering {

        private final Optional<Permission> permission;
        private final boolean untied;
        private final BiFunction<Message, Asker, ? extends CompletableFuture<? extends Message>> answer;

        private Answering(
                ContractMethod method,
                BiFunction<Message, Asker, ? extends CompletableFuture<? extends Message>> answer) {
            String needed = method.operation().getPermission();
            this.permission = needed.isEmpty() ? Optional.empty() : Optional.of(Permission.ofCode(needed));
            this.untied = method.operation().getUntied();
            this.answer = method.operation().getLogged() ? logged(method, answer) : answer;
        }

        private BiFunction<Message, Asker, CompletableFuture<? extends Message>> logged(
                ContractMethod method,
                BiFunction<Message, Asker, ? extends CompletableFuture<? extends Message>> answer) {
            String what = method.name().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
            return (message, asker) -> answer.apply(message, asker).thenApply(done -> {
                security.tell(what, asker.name(), asker.address(), LoggedCalls.subject(message, done));
                return done;
            });
        }

        /** Whether who asks needs no credentials. */
        public boolean isOpen() {
            return permission.isEmpty();
        }

        /** @throws RequestRefused when who asks may not */
        public void require(Asker asker) {
            permission.ifPresent(needed -> asker.caller().require(needed));
            if (untied) {
                asker.caller().requireAll();
            }
        }

        /**
         * Never throws: whatever is wrong is the future's {@link RequestRefused}.
         *
         * @param message of the type that the method takes
         */
        @SuppressWarnings("unchecked") // a future that only gives may give more
        public CompletableFuture<Message> answer(Message message, Asker asker) {
            try {
                require(asker);
                return (CompletableFuture<Message>) asker.request().logged(() -> answer.apply(message, asker));
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(counts.refused(e, asker));
            }
        }
    }

    /** @throws IllegalStateException when nobody answers a method of the contract */
    public Answers(
            CommandGate commands,
            StockQuestions stock,
            CatalogQuestions catalog,
            HistoryQuestions history,
            DocumentQuestions documents,
            FactReading facts,
            WebhookRequests webhooks,
            Enrolments enrolments,
            SecurityEvents securityEvents,
            SecurityLog security,
            ProblemCounts counts) {
        this.counts = counts;
        this.security = security;
        Contract.methods().stream()
                .filter(ContractMethod::isCommand)
                .forEach(method -> answerings.put(
                        method.fullName(), new Answering(method, (message, asker) -> commands.send(message, asker))));
        answer(AvailabilityGrpc.getGetAvailabilityMethod(), stock::item);
        answer(AvailabilityGrpc.getListAvailabilityOfLocationMethod(), stock::location);
        answer(AvailabilityGrpc.getQueryAvailabilityMethod(), stock::many);
        answer(CatalogGrpc.getGetItemMethod(), catalog::item);
        answer(CatalogGrpc.getListItemsMethod(), catalog::items);
        answer(CatalogGrpc.getGetLocationMethod(), catalog::location);
        answer(CatalogGrpc.getListLocationsMethod(), catalog::locations);
        answer(HistoryGrpc.getListFactsMethod(), history::facts);
        answer(DocumentsGrpc.getGetDocumentMethod(), documents::get);
        answer(DocumentsGrpc.getListDocumentsMethod(), documents::list);
        answer(HistoryGrpc.getReadFactsMethod(), facts::read);
        answer(WebhooksGrpc.getCreateWebhookEndpointMethod(), webhooks::create);
        answer(WebhooksGrpc.getListWebhookEndpointsMethod(), webhooks::list);
        answer(WebhooksGrpc.getGetWebhookEndpointMethod(), webhooks::get);
        answer(WebhooksGrpc.getUpdateWebhookEndpointMethod(), webhooks::update);
        answer(WebhooksGrpc.getRotateWebhookSecretMethod(), webhooks::rotate);
        answer(WebhooksGrpc.getListDeliveriesMethod(), webhooks::deliveries);
        answer(WebhooksGrpc.getGetDeliveryMethod(), webhooks::delivery);
        answer(WebhooksGrpc.getResendDeliveryMethod(), webhooks::resend);
        answer(WebhooksGrpc.getResendParkedDeliveriesMethod(), webhooks::resendParked);
        answer(WebhooksGrpc.getDeleteWebhookEndpointMethod(), webhooks::delete);
        answer(EnrolmentGrpc.getCreateEnrolmentCodeMethod(), enrolments::create);
        answer(SecurityLogGrpc.getListSecurityEventsMethod(), securityEvents::list);
        bind(EnrolmentGrpc.getEnrolMethod(), (message, asker) -> enrolments.enrol(message, asker.address()));
        for (ContractMethod method : Contract.methods()) {
            if (method.isUnary() && !answerings.containsKey(method.fullName())) {
                throw new IllegalStateException("nobody answers " + method.fullName() + " (expected: a line here)");
            }
        }
    }

    /** @param method one that takes one message and gives one */
    public Answering of(ContractMethod method) {
        Answering answering = answerings.get(method.fullName());
        if (answering == null) {
            throw new IllegalArgumentException(
                    method.fullName() + " (expected: a method that takes one message and gives one)");
        }
        return answering;
    }

    private <Q, A extends Message> void answer(
            MethodDescriptor<Q, ?> method, BiFunction<Q, Caller, CompletableFuture<A>> answer) {
        bind(method, (Q message, Asker asker) -> answer.apply(message, asker.caller()));
    }

    @SuppressWarnings("unchecked") // both wires make the message that the method takes
    private <Q, A extends Message> void bind(
            MethodDescriptor<Q, ?> method, BiFunction<Q, Asker, CompletableFuture<A>> answer) {
        answerings.put(
                method.getFullMethodName(),
                new Answering(Contract.method(method), (message, asker) -> answer.apply((Q) message, asker)));
    }
}
