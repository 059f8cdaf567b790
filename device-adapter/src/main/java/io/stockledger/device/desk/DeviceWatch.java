package io.stockledger.device.desk;

import io.stockledger.device.line.Frame;
import io.stockledger.device.line.Signal;
import java.time.Duration;

/** Is told what happens at one device, for the status page, the metrics and the log. */
public interface DeviceWatch {

    /** The source was opened. */
    void connected();

    /** The source is gone or cannot be opened. */
    void disconnected(String why);

    /** A read is durable. */
    void kept(String description, Duration sinceArrival);

    /** A read was kept for a person, because nothing was guessed. */
    void parked(String reason, String detail);

    /** The same bytes came again within the window, or again because the scanner had not been told. */
    void repeated();

    /** Bytes were dropped. */
    void dropped(Frame.Dropped dropped);

    /** A read could not be kept. */
    void lost(String why);

    /** The hand that scans was told. */
    void signalled(Signal signal, Duration sinceArrival);
}
