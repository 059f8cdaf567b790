package io.stockledger.benchmarks.crash;

import com.google.protobuf.Duration;
import io.stockledger.benchmarks.crash.Call.Kind;
import io.stockledger.benchmarks.crash.Call.Told;
import io.stockledger.v1.Command;
import io.stockledger.v1.ConfirmReservation;
import io.stockledger.v1.Disposition;
import io.stockledger.v1.ItemRef;
import io.stockledger.v1.ProcessReturn;
import io.stockledger.v1.ReceiptLine;
import io.stockledger.v1.ReceiveGoods;
import io.stockledger.v1.RecordSale;
import io.stockledger.v1.ReleaseReservation;
import io.stockledger.v1.ReserveLine;
import io.stockledger.v1.ReserveStock;
import io.stockledger.v1.ReturnLine;
import io.stockledger.v1.SaleLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What shoppers and staff do next, from a seed: few items and little stock, so that much is refused. */
final class Orders {

    static final String LOCATION = "berlin-1";
    static final String CHANNEL = "web";

    private static final int REMEMBERED = 200;

    private final Random random;
    private final String run;
    private final int items;
    private final List<Call> reservations = new ArrayList<>();
    private final List<Call> sales = new ArrayList<>();
    private final List<Call> refusedSales = new ArrayList<>();
    private int number;

    /** @param run what document ids begin with */
    Orders(long seed, String run, int items) {
        this.random = new Random(seed);
        this.run = run;
        this.items = items;
    }

    static String sku(int item) {
        return "sku-" + item;
    }

    synchronized Call next() {
        int percent = random.nextInt(100);
        if (percent < 45) {
            return reserve();
        }
        if (percent < 65) {
            return sell();
        }
        if (percent < 72 && !reservations.isEmpty()) {
            return release(taken(reservations));
        }
        if (percent < 82 && !reservations.isEmpty()) {
            return confirm(taken(reservations));
        }
        if (percent < 88 && !sales.isEmpty()) {
            return giveBack(sales.get(random.nextInt(sales.size())));
        }
        if (percent < 92 && !refusedSales.isEmpty()) {
            return tryAgain(taken(refusedSales));
        }
        return receive();
    }

    /** So that later calls can name it. */
    synchronized void told(Call call, Told told) {
        if (told.isAccepted()) {
            remember(call, call.kind() == Kind.RESERVE ? reservations : sales);
        } else if (call.kind() == Kind.SELL) {
            remember(call, refusedSales);
        }
    }

    private void remember(Call call, List<Call> calls) {
        if (call.kind() == Kind.RESERVE || call.kind() == Kind.SELL) {
            calls.add(call);
            if (calls.size() > REMEMBERED) {
                calls.remove(0);
            }
        }
    }

    private Call taken(List<Call> calls) {
        return calls.remove(random.nextInt(calls.size()));
    }

    private Call reserve() {
        String id = id();
        // Some run out while the service is down.
        long seconds = random.nextInt(3) == 0 ? 2 : 600;
        Map<String, Integer> units = units(2);
        ReserveStock.Builder message = ReserveStock.newBuilder()
                .setDocumentId(id)
                .setChannel(CHANNEL)
                .setLocation(LOCATION)
                .setTimeToLive(Duration.newBuilder().setSeconds(seconds));
        units.forEach((sku, quantity) ->
                message.addLines(ReserveLine.newBuilder().setItem(ref(sku)).setQuantity(quantity.toString())));
        Command command = Command.newBuilder().setReserveStock(message).build();
        return new Call(Kind.RESERVE, Kind.RESERVE.stream(id), command, units, null, seconds, null);
    }

    private Call sell() {
        return sell(units(3));
    }

    synchronized Call sellOne(String sku) {
        return sell(Map.of(sku, 1));
    }

    private Call sell(Map<String, Integer> units) {
        String id = id();
        RecordSale.Builder message =
                RecordSale.newBuilder().setDocumentId(id).setChannel(CHANNEL).setLocation(LOCATION);
        units.forEach((sku, quantity) ->
                message.addLines(SaleLine.newBuilder().setItem(ref(sku)).setQuantity(quantity.toString())));
        Command command = Command.newBuilder().setRecordSale(message).build();
        return new Call(Kind.SELL, Kind.SELL.stream(id), command, units, null, 0, null);
    }

    /** Under the number that is printed on the receipt. */
    private Call tryAgain(Call refused) {
        String tryId = id();
        RecordSale.Builder message =
                refused.command().getRecordSale().toBuilder().setTryId(tryId);
        Command command = Command.newBuilder().setRecordSale(message).build();
        return new Call(Kind.SELL, refused.document(), command, refused.units(), null, 0, tryId);
    }

    private Call release(Call reservation) {
        String id = id();
        Command command = Command.newBuilder()
                .setReleaseReservation(
                        ReleaseReservation.newBuilder().setDocumentId(id).setReservationId(idOf(reservation)))
                .build();
        return new Call(
                Kind.RELEASE, Kind.RELEASE.stream(id), command, reservation.units(), reservation.document(), 0, null);
    }

    private Call confirm(Call reservation) {
        String id = id();
        Command command = Command.newBuilder()
                .setConfirmReservation(
                        ConfirmReservation.newBuilder().setDocumentId(id).setReservationId(idOf(reservation)))
                .build();
        return new Call(
                Kind.CONFIRM, Kind.CONFIRM.stream(id), command, reservation.units(), reservation.document(), 0, null);
    }

    private Call giveBack(Call sale) {
        String id = id();
        ProcessReturn.Builder message = ProcessReturn.newBuilder()
                .setDocumentId(id)
                .setChannel(CHANNEL)
                .setLocation(LOCATION)
                .setOrderId(idOf(sale));
        sale.units()
                .forEach((sku, quantity) -> message.addLines(ReturnLine.newBuilder()
                        .setItem(ref(sku))
                        .setQuantity(quantity.toString())
                        .setReason("unwanted")
                        .setDisposition(Disposition.DISPOSITION_SELLABLE)));
        Command command = Command.newBuilder().setProcessReturn(message).build();
        return new Call(Kind.RETURN, Kind.RETURN.stream(id), command, sale.units(), sale.document(), 0, null);
    }

    private Call receive() {
        return receive(sku(1 + random.nextInt(items)), 1 + random.nextInt(8));
    }

    synchronized Call receive(String sku, int quantity) {
        String id = id();
        Command command = Command.newBuilder()
                .setReceiveGoods(ReceiveGoods.newBuilder()
                        .setDocumentId(id)
                        .setLocation(LOCATION)
                        .setSupplier("supplier-1")
                        .addLines(ReceiptLine.newBuilder().setItem(ref(sku)).setQuantity(Integer.toString(quantity))))
                .build();
        return new Call(Kind.RECEIVE, Kind.RECEIVE.stream(id), command, Map.of(sku, quantity), null, 0, null);
    }

    private Map<String, Integer> units(int mostLines) {
        Map<String, Integer> units = new TreeMap<>();
        for (int line = 1 + random.nextInt(mostLines); line > 0; line--) {
            units.put(sku(1 + random.nextInt(items)), 1 + random.nextInt(3));
        }
        return units;
    }

    private String id() {
        return run + "-" + ++number;
    }

    private static String idOf(Call call) {
        return call.document().substring(call.document().indexOf(':') + 1);
    }

    private static ItemRef ref(String sku) {
        return ItemRef.newBuilder().setSku(sku).build();
    }
}
