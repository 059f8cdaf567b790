package io.stockledger.device.desk;

import com.google.protobuf.ByteString;
import io.stockledger.device.journal.Journal;
import io.stockledger.device.journal.Journal.KeptState;
import io.stockledger.device.journal.JournalFailure;
import io.stockledger.device.journal.Read;
import io.stockledger.device.journal.ReadState;
import io.stockledger.device.line.Frame;
import io.stockledger.device.line.ScannerProfile;
import io.stockledger.device.line.Signal;
import io.stockledger.device.scan.DeviceState;
import io.stockledger.device.scan.Interpretation;
import io.stockledger.device.scan.Mode;
import io.stockledger.device.scan.ScanCommands;
import io.stockledger.device.scan.ScanInterpreter;
import io.stockledger.device.uplink.Answer;
import io.stockledger.device.uplink.Uplink;
import io.stockledger.v1.CountLine;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One device's desk. Every frame is understood, then journalled, and only then acknowledged to the scanner and sent.
 *
 * <p>Frames come from one thread; mode changes and replays from any.
 */
public final class Desk {

    private final ScanInterpreter interpreter;
    private final ScannerProfile profile;
    private final Journal journal;
    private final Uplink uplink;
    private final Signals signals;
    private final DeviceWatch watch;
    private final DeskTimes times;
    private final String device;

    private DeviceState state;
    private Frame.@Nullable Whole last;
    private long lastArrivedAt;
    private @Nullable Read unacknowledged;
    private long unacknowledgedSince;

    /** @param times clocks and windows */
    public Desk(
            ScanInterpreter interpreter,
            ScannerProfile profile,
            Journal journal,
            Uplink uplink,
            Signals signals,
            DeviceWatch watch,
            DeskTimes times) {
        this.interpreter = interpreter;
        this.profile = profile;
        this.journal = journal;
        this.uplink = uplink;
        this.signals = signals;
        this.watch = watch;
        this.times = times;
        this.device = interpreter.rules().device();
        Optional<KeptState> kept = journal.state(device);
        this.state = kept.map(KeptState::state).orElseGet(() -> DeviceState.first(interpreter.rules()));
        if (profile.waitsForAcknowledgement() && kept.isPresent() && kept.get().acknowledged() < state.sequence()) {
            unacknowledged = journal.find(device, state.sequence()).orElse(null);
            unacknowledgedSince = times.nanos().getAsLong();
        }
    }

    /** The first scan of the day is to beep as fast as the second: loads what a read needs, and writes once. */
    public synchronized void warmUp() {
        for (String code : List.of("4006381333931", "]C1010400638133393110LOT")) {
            interpreter.interpret(state, code, "never sent", Instant.EPOCH);
        }
        write(journal.append(device, List.of(), state));
    }

    public synchronized DeviceState state() {
        return state;
    }

    /** The scanner can be heard again; one that was never told that its scan arrived begins to send it again now. */
    public synchronized void lineOpened() {
        unacknowledgedSince = times.nanos().getAsLong();
    }

    /** Takes what came between two terminators, and returns when it is durable or known to be lost. */
    public synchronized void take(Frame frame) {
        long arrivedAt = times.nanos().getAsLong();
        if (frame instanceof Frame.Dropped dropped) {
            watch.dropped(dropped);
            signals.tell(Signal.BAD, arrivedAt);
            return;
        }
        Frame.Whole whole = (Frame.Whole) frame;
        if (isDoubleRead(whole, arrivedAt)) {
            watch.repeated();
            acknowledge(state.sequence());
            return;
        }
        if (isSentAgain(whole, arrivedAt)) {
            // More than one copy may wait in the line.
            rememberLast(whole, arrivedAt);
            watch.repeated();
            acknowledge(state.sequence());
            return;
        }
        try {
            keep(whole, arrivedAt);
            rememberLast(whole, arrivedAt);
        } catch (JournalFailure e) {
            watch.lost(String.valueOf(e.getMessage()));
            signals.send(profile.reject());
            signals.tell(Signal.BAD, arrivedAt);
        }
    }

    /**
     * A scanner that waits for its acknowledgement sends no other scan before it, so whatever waited in the line
     * meanwhile is the same scan, however long the disk took.
     */
    private void rememberLast(Frame.Whole frame, long arrivedAt) {
        last = frame;
        lastArrivedAt = profile.waitsForAcknowledgement() ? times.nanos().getAsLong() : arrivedAt;
    }

    private boolean isDoubleRead(Frame.Whole frame, long arrivedAt) {
        return last != null
                && arrivedAt - lastArrivedAt < times.doubleReadWindow().toNanos()
                && last.text().equals(frame.text());
    }

    /**
     * A scanner that was never told that its scan arrived sends it again, also to the next process. By a clock that only
     * runs forward, counted from when it could be heard again: after a power cut the wall's clock may be anywhere.
     */
    private boolean isSentAgain(Frame.Whole frame, long arrivedAt) {
        Read before = unacknowledged;
        unacknowledged = null;
        return before != null
                && before.raw().equals(frame.text())
                && arrivedAt - unacknowledgedSince < times.sentAgainWindow().toNanos();
    }

    private void keep(Frame.Whole frame, long arrivedAt) {
        // To the millisecond, because that is what the journal keeps and a command must stay as it was.
        Instant readAt = Instant.ofEpochMilli(times.clock().millis());
        long sequence = state.sequence() + 1;
        Interpretation meaning = interpreter.interpret(state, frame.text(), documentId(sequence, 1), readAt);
        if (meaning instanceof Interpretation.Told told) {
            write(journal.append(device, List.of(), told.state()));
            state = told.state();
            acknowledge(state.sequence());
            watch.kept(told.description(), since(arrivedAt));
            signals.tell(Signal.GOOD, arrivedAt);
        } else if (meaning instanceof Interpretation.Send send) {
            Read read = read(
                    frame, readAt, sequence, ReadState.PENDING, send.command().toByteString(), send.description());
            CompletableFuture<Answer> answer = uplink.watch(device, sequence);
            write(journal.append(device, List.of(read), send.state()));
            state = send.state();
            // Durable, so it may go; the ledger decides while the scanner is told.
            uplink.wake(device);
            kept(read, arrivedAt);
            tellWhenAnswered(answer, sequence, arrivedAt, Signal.KEPT);
        } else if (meaning instanceof Interpretation.Counted counted) {
            append(
                    read(
                            frame,
                            readAt,
                            sequence,
                            ReadState.COUNTED,
                            counted.line().toByteString(),
                            counted.description()),
                    counted.state(),
                    arrivedAt);
            signals.tell(Signal.GOOD, arrivedAt);
        } else if (meaning instanceof Interpretation.CloseCount close) {
            closeCount(frame, close.from(), readAt, arrivedAt);
        } else if (meaning instanceof Interpretation.Ask ask) {
            append(
                    read(frame, readAt, sequence, ReadState.DONE, ByteString.EMPTY, ask.description()),
                    ask.state(),
                    arrivedAt);
            tellWhenAnswered(uplink.ask(ask.item()), sequence, arrivedAt, Signal.BAD);
        } else {
            Interpretation.Park park = (Interpretation.Park) meaning;
            Read read = read(frame, readAt, sequence, ReadState.PARKED, ByteString.EMPTY, "")
                    .as(ReadState.PARKED, park.reason(), park.detail());
            append(read, park.state(), arrivedAt);
            watch.parked(park.reason(), park.detail());
            signals.tell(Signal.BAD, arrivedAt);
        }
    }

    private void append(Read read, DeviceState after, long arrivedAt) {
        write(journal.append(device, List.of(read), after));
        state = after;
        kept(read, arrivedAt);
    }

    private void kept(Read read, long arrivedAt) {
        unacknowledged = profile.waitsForAcknowledgement() ? read : null;
        unacknowledgedSince = times.nanos().getAsLong();
        acknowledge(read.sequence());
        watch.kept(read.description(), since(arrivedAt));
    }

    private void closeCount(Frame.Whole frame, long from, Instant readAt, long arrivedAt) {
        List<CountLine> lines = new ArrayList<>();
        for (Read counted : journal.counted(device, from)) {
            lines.add(MessageBytes.countLine(counted.message()));
        }
        List<Read> commands = new ArrayList<>();
        for (List<CountLine> piece : ScanCommands.piecesOf(lines)) {
            long sequence = state.sequence() + 1 + commands.size();
            ByteString command = interpreter
                    .commands()
                    .count(piece, documentId(sequence, 1), readAt)
                    .toByteString();
            commands.add(
                    read(frame, readAt, sequence, ReadState.PENDING, command, "count of " + piece.size() + " items"));
        }
        DeviceState after = state.afterCountClosed(commands.size());
        CompletableFuture<Answer> answer = uplink.watch(device, after.sequence());
        write(journal.closeCount(device, from, commands, after, readAt));
        state = after;
        uplink.wake(device);
        kept(commands.get(commands.size() - 1), arrivedAt);
        tellWhenAnswered(answer, after.sequence(), arrivedAt, Signal.KEPT);
    }

    private Read read(
            Frame.Whole frame, Instant readAt, long sequence, ReadState as, ByteString message, String description) {
        return new Read(
                device,
                sequence,
                readAt,
                frame.text(),
                state.mode(),
                state.quantity().map(BigDecimal::toPlainString),
                as,
                1,
                documentId(sequence, 1),
                message,
                description,
                "",
                "");
    }

    private void acknowledge(long sequence) {
        if (profile.waitsForAcknowledgement() && signals.send(profile.acknowledge())) {
            unacknowledged = null;
            // Best effort: without it, only a scan that the scanner sends again at once after a crash is counted twice.
            CompletableFuture<Void> unused = journal.acknowledge(device, sequence);
        }
    }

    private void tellWhenAnswered(CompletableFuture<Answer> answer, long sequence, long arrivedAt, Signal otherwise) {
        boolean hopeless = otherwise == Signal.KEPT && uplink.struggling(device);
        Duration wait = hopeless ? Duration.ZERO : times.answerWait();
        signals.tellWhenAnswered(answer, arrivedAt, wait, otherwise, () -> uplink.stopWatching(device, sequence));
    }

    /** Does what a control barcode would do. */
    public synchronized void switchMode(Mode mode) {
        DeviceState next = state.in(mode);
        write(journal.append(device, List.of(), next));
        state = next;
    }

    /**
     * Sends a parked read anew: understood again by today's configuration, in the mode it was scanned in.
     *
     * @return why it stays parked, or empty if it is on its way
     */
    public synchronized Optional<String> replay(long sequence) {
        Optional<Read> found = journal.find(device, sequence).filter(read -> read.state() == ReadState.PARKED);
        if (found.isEmpty()) {
            return Optional.of("read " + sequence + " of " + device + " is not parked");
        }
        Read read = found.get();
        if (!read.reason().equals(Read.LEDGER_FAULT)) {
            int attempt = read.attempt() + 1;
            DeviceState then = new DeviceState(
                    sequence - 1,
                    read.mode(),
                    read.quantity().map(BigDecimal::new),
                    state.transferTo(),
                    state.purchaseOrder(),
                    state.sale(),
                    0);
            String documentId = documentId(sequence, attempt);
            Interpretation meaning = interpreter.interpret(then, read.raw(), documentId, read.readAt());
            if (meaning instanceof Interpretation.Park park) {
                return Optional.of(park.reason() + ": " + park.detail());
            }
            if (!(meaning instanceof Interpretation.Send send)) {
                return Optional.of("read " + sequence + " of " + device + " was "
                        + read.mode().word() + " and cannot be sent by itself (expected: scan it again)");
            }
            read = new Read(
                    device,
                    sequence,
                    read.readAt(),
                    read.raw(),
                    read.mode(),
                    read.quantity(),
                    ReadState.PENDING,
                    attempt,
                    documentId,
                    send.command().toByteString(),
                    send.description(),
                    "",
                    "");
        }
        write(journal.sendAnew(read));
        uplink.startOver(device);
        return Optional.empty();
    }

    /** Gives a parked read up. */
    public synchronized Optional<String> discard(long sequence) {
        Optional<Read> found = journal.find(device, sequence).filter(read -> read.state() == ReadState.PARKED);
        if (found.isEmpty()) {
            return Optional.of("read " + sequence + " of " + device + " is not parked");
        }
        Read read = found.get();
        write(journal.settle(
                read.as(ReadState.DISCARDED, read.reason(), read.detail()),
                times.clock().instant()));
        return Optional.empty();
    }

    private String documentId(long sequence, int attempt) {
        String first = "scan-" + device + "-" + journal.incarnation() + "-" + sequence;
        return attempt == 1 ? first : first + "-" + attempt;
    }

    private Duration since(long arrivedAt) {
        return Duration.ofNanos(times.nanos().getAsLong() - arrivedAt);
    }

    private static void write(CompletableFuture<Void> write) {
        try {
            write.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof JournalFailure failure) {
                throw failure;
            }
            throw e;
        }
    }
}
