package io.stockledger.benchmarks.floor;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What one transaction of a floor does.
 *
 * @param items how many items it is spread over; 0: it touches none
 * @param statements each one round trip; {@code :item} and {@code :n} stand for random numbers
 * @param rows how many reservations or events one transaction makes
 */
public record FloorScript(String name, int items, List<String> statements, int rows) {

    private static final String RESERVATION = "(gen_random_uuid(), :item, 1, 'web', now() + interval '15 minutes')";
    // With the column names and the stream about 500 bytes, as a fact with its meta is.
    private static final String PAYLOAD = "decode(repeat('7b2273746f636b223a226465627567227d', 26), 'hex')";

    public FloorScript {
        statements = List.copyOf(statements);
    }

    /** A reservation as an application makes it: in a transaction, a guarded update and an insert. */
    public static FloorScript transaction(int items) {
        return new FloorScript(
                items == 1 ? "floor S, hot row" : "floor S, " + items + " rows",
                items,
                List.of(
                        "BEGIN",
                        "UPDATE floor.level SET available = available - 1, reserved = reserved + 1"
                                + " WHERE item = :item AND available >= 1",
                        "INSERT INTO floor.reservation (id, item, quantity, channel, ends_at) VALUES " + RESERVATION,
                        "COMMIT"),
                1);
    }

    /** The same in one statement, the best that SQL can do. */
    public static FloorScript singleStatement(int items) {
        return new FloorScript(
                items == 1 ? "floor S1, hot row" : "floor S1, " + items + " rows",
                items,
                List.of("WITH taken AS (UPDATE floor.level SET available = available - 1, reserved = reserved + 1"
                        + " WHERE item = :item AND available >= 1 RETURNING item)"
                        + " INSERT INTO floor.reservation (id, item, quantity, channel, ends_at)"
                        + " SELECT gen_random_uuid(), item, 1, 'web', now() + interval '15 minutes' FROM taken"),
                1);
    }

    /** One level read by its key. */
    public static FloorScript read(int items) {
        return new FloorScript(
                "read by key, " + items + " rows",
                items,
                List.of("SELECT available, reserved FROM floor.level WHERE item = :item"),
                1);
    }

    /** Events of about 500 bytes, so many per transaction, in one statement. */
    public static FloorScript events(int perTransaction) {
        String rows = IntStream.range(0, perTransaction)
                .mapToObj(i -> "('stock:' || gen_random_uuid(), " + i + ", 'stock-reserved', now(), " + PAYLOAD + ")")
                .collect(Collectors.joining(", "));
        return new FloorScript(
                "floor I, " + perTransaction + " per transaction",
                0,
                List.of("INSERT INTO floor.event (stream, sequence, name, recorded_at, payload) VALUES " + rows),
                perTransaction);
    }

    String pgbench() {
        String random = items == 0 ? "" : "\\set item random(1, " + items + ")\n";
        return random + statements.stream().map(statement -> statement + ";\n").collect(Collectors.joining());
    }

    /** The statements for JDBC, with the item as a number in a parameter. */
    List<String> jdbc() {
        return statements.stream()
                .map(statement -> statement.replace(":item", "?"))
                .toList();
    }

    int anyItem() {
        return items == 0 ? 0 : 1 + ThreadLocalRandom.current().nextInt(items);
    }
}
