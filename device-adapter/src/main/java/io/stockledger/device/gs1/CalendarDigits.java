package io.stockledger.device.gs1;

import java.time.LocalDate;
import java.time.YearMonth;

/** Days as GS1 writes them: six digits with a sliding century, or eight. */
public final class CalendarDigits {

    private CalendarDigits() {}

    static boolean isShortDay(String text, boolean dayMayBeZero) {
        // The leap years of the sliding century are the same as those of 2000 to 2099.
        return text.length() == 6 && isLongDay("20" + text, dayMayBeZero);
    }

    static boolean isLongDay(String text, boolean dayMayBeZero) {
        if (text.length() != 8 || !CharacterSet.DIGITS.holdsAll(text)) {
            return false;
        }
        int month = Integer.parseInt(text.substring(4, 6));
        if (month < 1 || month > 12) {
            return false;
        }
        int day = Integer.parseInt(text.substring(6));
        int length = YearMonth.of(Integer.parseInt(text.substring(0, 4)), month).lengthOfMonth();
        return day <= length && (day > 0 || dayMayBeZero);
    }

    /**
     * The day that {@code yymmdd} means. The century is the one that brings the year closest to this year
     * (GS1 General Specifications, 7.12: 51 to 99 years ahead is the last century, 51 to 99 behind the next), and day
     * 00 is the month's last.
     *
     * @param yymmdd six digits, valid as of {@link #isShortDay}
     * @param today what "this year" is
     */
    public static LocalDate dayOf(String yymmdd, LocalDate today) {
        int twoDigits = Integer.parseInt(yymmdd.substring(0, 2));
        int thisYear = today.getYear();
        int ahead = twoDigits - thisYear % 100;
        int century = thisYear - thisYear % 100 + (ahead >= 51 ? -100 : ahead <= -50 ? 100 : 0);
        YearMonth month = YearMonth.of(century + twoDigits, Integer.parseInt(yymmdd.substring(2, 4)));
        int day = Integer.parseInt(yymmdd.substring(4));
        return day == 0 ? month.atEndOfMonth() : month.atDay(Math.min(day, month.lengthOfMonth()));
    }
}
