package io.stockledger.api.console;

import io.stockledger.projections.view.ViewStatus;
import org.jspecify.annotations.Nullable;

/** How one view is doing. */
record ViewRow(
        String name,
        String state,
        String tone,
        long position,
        long head,
        long positionsBehind,
        String behind,
        Figure parked,
        @Nullable String error) {

    private static final int SLOW_SECONDS = 30;

    static ViewRow of(ViewStatus status) {
        boolean late = status.behind().toSeconds() > SLOW_SECONDS;
        String tone = switch (status.role()) {
            case RETRYING, STOPPED -> "bad";
            case STARTING -> "warn";
            case WORKING, STANDING_BY -> late ? "warn" : "good";
        };
        return new ViewRow(
                status.view(),
                switch (status.role()) {
                    case STARTING -> "starting";
                    case WORKING -> late ? "catching up" : "up to date";
                    case STANDING_BY -> "another node keeps it";
                    case RETRYING -> "trying again";
                    case STOPPED -> "stopped";
                },
                tone,
                status.position(),
                status.head(),
                status.positionsBehind(),
                Times.text(status.behind()),
                Figure.alarm(status.parkedFacts()),
                status.error());
    }
}
