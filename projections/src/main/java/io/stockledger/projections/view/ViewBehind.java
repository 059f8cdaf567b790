package io.stockledger.projections.view;

/** A view has not reached a position in the time that the caller gave it. */
public final class ViewBehind extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String view;
    private final long position;
    private final long asked;

    public ViewBehind(String view, long position, long asked) {
        super("view " + view + ": position " + position + " (expected: " + asked + " or later)");
        this.view = view;
        this.position = position;
        this.asked = asked;
    }

    public String view() {
        return view;
    }

    /** Where the view was when the time was over. */
    public long position() {
        return position;
    }

    public long asked() {
        return asked;
    }
}
