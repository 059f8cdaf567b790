package io.stockledger.benchmarks;

/** One measurement that {@code benchmarks/run} can be asked for. */
public interface Benchmark {

    /** What it is asked for by. */
    String name();

    /** What it shows, in a line. */
    String shows();

    /** Measures; whatever it started belongs to the workbench, which ends it. */
    Verdict run(Workbench bench) throws Exception;
}
