package io.stockledger.projections.view;

/** The view acts on the outside, and to take all facts again would be to act again. */
public final class NotRebuildable extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    NotRebuildable(String view) {
        super("view: '" + view + "' acts on the outside (expected: a view that only answers; send again what was not"
                + " delivered instead)");
    }
}
