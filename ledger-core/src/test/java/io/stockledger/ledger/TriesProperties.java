package io.stockledger.ledger;

import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.receive;
import static io.stockledger.scenario.Shop.sale;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.document.Provenance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Few documents, tried many times with other contents, on two nodes that forget and restart, beside a model of ten lines. */
class TriesProperties {

    private static final LedgerSettings FORGETFUL = new LedgerSettings(64, 16, 30, 3, 2, 5, Duration.ofSeconds(10));

    private record Sent(String order, String tryId, int quantity) {}

    @Property(tries = 60)
    void everyTryIsAnsweredAsTheRuleSays(@ForAll long seed) throws InterruptedException {
        Random random = new Random(seed);
        MemoryFactStore store = new MemoryFactStore();
        Node[] nodes = {Node.on(store, FORGETFUL), Node.on(store, FORGETFUL)};
        nodes[0].openAShopWithTea();
        Model model = new Model(10);
        for (int round = 0; round < 25; round++) {
            int at = random.nextInt(2);
            Node node = nodes[at];
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                Sent sent = new Sent("s" + random.nextInt(4), "t" + random.nextInt(4), 1 + random.nextInt(12));
                answers.add(node.ledger()
                        .submit(
                                sale(sent.order, POS, BERLIN, goods(TEA, String.valueOf(sent.quantity))),
                                new Provenance("till", null, null, sent.tryId, Set.of())));
                expected.add(model.answer(sent));
            }
            assertThat(Node.answersOf(answers))
                    .extracting(TriesProperties::told)
                    .isEqualTo(expected);
            if (random.nextInt(3) == 0) {
                node.accepted(receive("d" + round + "-" + seed, BERLIN, goods(TEA, "2")));
                model.stock += 2;
            }
            if (random.nextInt(4) == 0) {
                node.close();
                nodes[at] = Node.on(store, FORGETFUL);
            }
        }
        for (Node node : nodes) {
            node.close();
        }
    }

    private static String told(Answer answer) {
        if (answer instanceof Answer.Accepted accepted) {
            return "accepted as " + accepted.version() + (accepted.repeated() ? " again" : "");
        }
        Answer.Refused refused = (Answer.Refused) answer;
        return RefusalCatalogue.of(refused.refusal()).reason() + (refused.repeated() ? " again" : "");
    }

    private static final class Model {
        private final Map<String, List<Sent>> refused = new HashMap<>();
        private final Map<String, Sent> accepted = new HashMap<>();
        private int stock;

        Model(int stock) {
            this.stock = stock;
        }

        String answer(Sent sent) {
            List<Sent> tries = refused.computeIfAbsent(sent.order, order -> new ArrayList<>());
            for (Sent before : tries) {
                if (before.tryId.equals(sent.tryId)) {
                    return before.quantity == sent.quantity ? "INSUFFICIENT_STOCK again" : "ID_REUSED";
                }
            }
            @Nullable Sent stands = accepted.get(sent.order);
            if (stands != null) {
                return stands.quantity == sent.quantity ? "accepted as " + (tries.size() + 1) + " again" : "ID_REUSED";
            }
            if (sent.quantity > stock) {
                tries.add(sent);
                return "INSUFFICIENT_STOCK";
            }
            stock -= sent.quantity;
            accepted.put(sent.order, sent);
            return "accepted as " + (tries.size() + 1);
        }
    }
}
