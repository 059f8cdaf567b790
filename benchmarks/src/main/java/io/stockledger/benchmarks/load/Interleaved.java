package io.stockledger.benchmarks.load;

import io.stockledger.benchmarks.Pace;
import io.stockledger.benchmarks.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Loads taken in turns, so that whatever else this machine does hits all of them alike; medians over the rounds. */
public final class Interleaved {

    private final Map<Load, List<Measured>> results = new LinkedHashMap<>();

    private Interleaved() {}

    public static Interleaved run(List<Load> loads, Pace pace, Progress progress) throws Exception {
        Interleaved measured = new Interleaved();
        for (int round = 1; round <= pace.rounds(); round++) {
            for (Load load : loads) {
                Measured one = load.run(pace.slice());
                progress.say("round " + round + " of " + pace.rounds() + "  " + load.name() + ": " + one);
                measured.results.computeIfAbsent(load, any -> new ArrayList<>()).add(one);
            }
        }
        return measured;
    }

    /** The median of each value over the rounds; the sum of failures. */
    public Measured of(Load load) {
        List<Measured> rounds = results.getOrDefault(load, List.of());
        return new Measured(
                median(rounds, Measured::perSecond),
                median(rounds, Measured::p50),
                median(rounds, Measured::p99),
                median(rounds, Measured::most),
                rounds.stream().mapToLong(Measured::failures).sum());
    }

    private static double median(List<Measured> rounds, ToDoubleFunction<Measured> value) {
        double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
