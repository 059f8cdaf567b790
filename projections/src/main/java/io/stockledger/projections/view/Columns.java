package io.stockledger.projections.view;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds whole columns of rows to the arrays of one statement: {@code FROM unnest(?::text[], ?::numeric[])}. */
public final class Columns implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement statement;
    private int bound;

    private Columns(Connection connection, PreparedStatement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    public static Columns of(Connection connection, String sql) throws SQLException {
        return new Columns(connection, connection.prepareStatement(sql));
    }

    /** One value for all rows. */
    public Columns text(String value) throws SQLException {
        statement.setString(++bound, value);
        return this;
    }

    public Columns texts(List<? extends @Nullable String> column) throws SQLException {
        return bind("text", column.toArray(new String[0]));
    }

    public Columns numbers(List<? extends @Nullable BigDecimal> column) throws SQLException {
        return bind("numeric", column.toArray(new BigDecimal[0]));
    }

    public Columns longs(List<Long> column) throws SQLException {
        return bind("bigint", column.toArray(new Long[0]));
    }

    public Columns integers(List<Integer> column) throws SQLException {
        return bind("integer", column.toArray(new Integer[0]));
    }

    public Columns booleans(List<Boolean> column) throws SQLException {
        return bind("boolean", column.toArray(new Boolean[0]));
    }

    /**
     * Instants as {@code bigint}s, because texts would be formatted here and parsed there; in SQL {@code timestamptz
     * 'epoch' + c.at * interval '1 microsecond'}. See {@link #micros(Instant)}.
     */
    public Columns micros(List<Instant> column) throws SQLException {
        return longs(column.stream().map(Columns::micros).toList());
    }

    public PreparedStatement statement() {
        return statement;
    }

    /** @return how many rows were written */
    public int write() throws SQLException {
        return statement.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }

    /**
     * Microseconds since 1970 up to the first that is not before the instant: something that ends at it still lives at
     * every microsecond before.
     */
    public static long micros(Instant instant) {
        Instant cut = instant.truncatedTo(ChronoUnit.MICROS);
        return ChronoUnit.MICROS.between(Instant.EPOCH, cut) + (cut.equals(instant) ? 0 : 1);
    }

    private Columns bind(String type, Object[] column) throws SQLException {
        Array array = connection.createArrayOf(type, column);
        statement.setArray(++bound, array);
        return this;
    }
}
