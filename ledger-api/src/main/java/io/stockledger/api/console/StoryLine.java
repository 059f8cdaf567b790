package io.stockledger.api.console;

import io.stockledger.projections.movements.TimelinePoint;
import io.stockledger.stock.Bucket;
import java.util.List;

/** How many sellable units one location had, step by step, for the timeline. */
record StoryLine(String location, List<Point> points) {

    /** @param quantity sellable on hand from this instant on */
    record Point(String at, String quantity, String what) {}

    static StoryLine of(String location, List<TimelinePoint> timeline) {
        return new StoryLine(location, timeline.stream().map(StoryLine::point).toList());
    }

    private static Point point(TimelinePoint point) {
        String what = point.cause().code() + " " + Figure.signed(point.change().amount()) + ", " + point.document();
        return new Point(
                point.businessTime().toString(), point.in(Bucket.SELLABLE).number(), what);
    }
}
