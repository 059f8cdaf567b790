package io.stockledger.projections.view;

/** A view is not where its writer left it: another process, a resumed sequence or a rebuild has changed it. */
final class MovedByAnother extends Exception {

    private static final long serialVersionUID = 1L;

    MovedByAnother(String view, long position) {
        super("view " + view + " (expected: at position " + position + ")");
    }
}
