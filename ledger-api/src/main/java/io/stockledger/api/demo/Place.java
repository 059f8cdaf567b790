package io.stockledger.api.demo;

import java.util.Arrays;
import java.util.List;

/** The retailer's locations. */
enum Place {
    WAREHOUSE("leipzig-dc", "Leipzig distribution centre"),
    BERLIN("berlin-mitte", "Berlin Mitte"),
    HAMBURG("hamburg-altona", "Hamburg Altona"),
    COLOGNE("koeln-ehrenfeld", "Cologne Ehrenfeld"),
    MUNICH("muenchen-schwabing", "Munich Schwabing");

    private static final List<Place> SHOPS =
            Arrays.stream(values()).filter(place -> place != WAREHOUSE).toList();

    private final String code;
    private final String title;

    Place(String code, String title) {
        this.code = code;
        this.title = title;
    }

    static List<Place> shops() {
        return SHOPS;
    }

    String code() {
        return code;
    }

    String title() {
        return title;
    }

    String till(int number) {
        return code + "-till-" + number;
    }
}
