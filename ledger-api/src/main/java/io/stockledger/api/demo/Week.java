package io.stockledger.api.demo;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;

/** The week that the demo plays in; its text is ISO 8601, for example {@code 2026-W46}. */
record Week(LocalDate monday) {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final int TEXT_LENGTH = "2026-W46".length();

    Week {
        if (monday.getDayOfWeek() != DayOfWeek.MONDAY) {
            throw new IllegalArgumentException("monday: " + monday + " is a " + monday.getDayOfWeek());
        }
    }

    /** @throws DateTimeException when it is no such week */
    static Week parse(String text) {
        return new Week(LocalDate.parse(text + "-1", DateTimeFormatter.ISO_WEEK_DATE));
    }

    static Week of(Instant time) {
        return new Week(LocalDate.ofInstant(time, ZONE).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
    }

    /** The latest one that was over at an instant. */
    static Week lastBefore(Instant now) {
        return new Week(of(now).monday.minusWeeks(1));
    }

    /** @param day 0 for Monday */
    Instant at(int day, int secondOfDay) {
        return monday.plusDays(day).atStartOfDay(ZONE).plusSeconds(secondOfDay).toInstant();
    }

    @Override
    public String toString() {
        return DateTimeFormatter.ISO_WEEK_DATE.format(monday).substring(0, TEXT_LENGTH);
    }
}
