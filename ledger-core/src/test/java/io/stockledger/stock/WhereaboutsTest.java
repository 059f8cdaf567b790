package io.stockledger.stock;

import static io.stockledger.scenario.Scenario.given;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.HAMBURG;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.WAREHOUSE;
import static io.stockledger.scenario.Shop.WEB;
import static io.stockledger.scenario.Shop.chain;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.receive;
import static io.stockledger.scenario.Shop.reserve;
import static io.stockledger.scenario.Shop.shortage;
import static io.stockledger.scenario.Shop.stocked;
import static io.stockledger.scenario.Shop.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.location.LocationFact.LocationOpened;
import io.stockledger.location.LocationKind;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.StockRefusal.InsufficientStock;
import io.stockledger.stock.WhereaboutsFact.FirstStocked;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who looks for an item looks only where it has ever been. */
class WhereaboutsTest {

    @Test
    void anItemsFirstFactAtALocationIsToldOnce() {
        Scenario received = given(chain()).when(receive("d1", BERLIN, goods(TEA, "5")));
        assertThat(received.streams().facts("whereabouts:tea")).containsExactly(new FirstStocked(TEA, BERLIN));

        received.and(receive("d2", BERLIN, goods(TEA, "5"))).and(transfer("t1", BERLIN, HAMBURG, goods(TEA, "1")));

        assertThat(received.streams().facts("whereabouts:tea"))
                .containsExactly(new FirstStocked(TEA, BERLIN), new FirstStocked(TEA, HAMBURG));
    }

    @Test
    void aReservationThatLeavesTheChoiceLooksOnlyWhereTheItemHasBeen() {
        Scenario chain = given(chain(stocked(TEA, HAMBURG, "2 piece"), stocked(TEA, WAREHOUSE, "3 piece")));
        for (int shop = 0; shop < 300; shop++) {
            chain.and(new LocationOpened("a-" + shop, "Shop " + shop, LocationKind.SHOP));
        }

        chain.when(reserve("r1", WEB, null, goods(TEA, "4"))).thenAccepted();
        assertThat(chain.looked())
                .filteredOn(stream -> stream.startsWith("stock:"))
                .hasSize(2);

        chain.when(reserve("r2", WEB, null, goods(TEA, "4")))
                .thenRefused(new InsufficientStock(WEB, List.of(shortage(TEA, "", "4 piece", "1 piece"))));
        assertThat(chain.looked())
                .filteredOn(stream -> stream.startsWith("stock:"))
                .hasSize(2);
    }

    @Test
    void theFirstLocationThatHasAllEndsTheSearch() {
        Scenario chain = given(chain(stocked(TEA, BERLIN, "5 piece"), stocked(TEA, HAMBURG, "5 piece")));

        chain.when(reserve("r1", WEB, null, goods(TEA, "4"))).thenAccepted();

        assertThat(chain.looked()).contains("stock:tea@berlin-1").doesNotContain("stock:tea@hamburg-1");
    }
}
