package io.stockledger.benchmarks.load;

import java.time.Duration;

/** Something that can be kept busy for a while and measured meanwhile: ours or a floor. */
public interface Load {

    String name();

    /** Runs for about that long and answers only for what was done within. */
    Measured run(Duration slice) throws Exception;
}
