package io.stockledger.device.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FrameAssemblerTest {

    private static final int LONGEST = 64;
    private static final long SILENCE = 1_000;

    @ParameterizedTest
    @CsvSource({
        "CR, a<CR>b<CR>, a|b",
        "LF, a<LF>b<LF>, a|b",
        "LINE, a<CR><LF>b<LF><LF>c<CR>, a|b|c",
        "CRLF, a<CR><LF>b<CR>c<CR><LF>, a|b<0D>c",
        "CRLF, a<CR><CR><LF>, a<0D>",
        "STX_ETX, <STX>a<ETX><CR><LF><STX>b<ETX>, a|b",
        "CR, a<NUL>b<CR>, a<00>b",
        "CR, <B4><30><CR>, <B4>0",
    })
    void aStreamIsCutWhereTheFramingSays(Framing framing, String bytes, String frames) {
        assertThat(written(accept(new FrameAssembler(framing, LONGEST, SILENCE), ControlCharacters.meant(bytes))))
                .isEqualTo(frames);
    }

    @ParameterizedTest
    @EnumSource(Framing.class)
    void howTheBytesArriveMakesNoDifference(Framing framing) {
        String stream = ControlCharacters.meant("<STX>4006381333931<ETX><CR><LF><STX>X<GS>Y<ETX><CR><LF>");
        List<Frame> whole = accept(new FrameAssembler(framing, LONGEST, SILENCE), stream);
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            FrameAssembler assembler = new FrameAssembler(framing, LONGEST, SILENCE);
            List<Frame> pieces = new ArrayList<>();
            int at = 0;
            while (at < stream.length()) {
                int end = Math.min(stream.length(), at + 1 + random.nextInt(5));
                pieces.addAll(accept(assembler, stream.substring(at, end)));
                at = end;
            }
            assertThat(written(pieces)).isEqualTo(written(whole));
        }
    }

    @ParameterizedTest
    @EnumSource(Framing.class)
    void aMegabyteWithoutTerminatorIsDroppedOnceAndTheNextScanIsWhole(Framing framing) {
        FrameAssembler assembler = new FrameAssembler(framing, LONGEST, SILENCE);
        byte[] noise = new byte[1 << 20];
        Arrays.fill(noise, (byte) 'x');
        String start = framing == Framing.STX_ETX ? "\u0002" : "";
        accept(assembler, start);
        assertThat(assembler.accept(noise, noise.length, 0)).isEmpty();

        List<Frame> frames = accept(assembler, ControlCharacters.meant("<ETX><CR><LF>" + start + "good<ETX><CR><LF>"));

        assertThat(frames.get(0)).isInstanceOfSatisfying(Frame.Dropped.class, dropped -> {
            assertThat(dropped.why()).isEqualTo(Frame.Why.TOO_LONG);
            assertThat(dropped.count()).isGreaterThanOrEqualTo(1 << 20);
        });
        assertThat(written(frames)).contains("good");
    }

    @Test
    void aScanOfTheGreatestLengthIsWholeAndOneByteMoreIsNot() {
        FrameAssembler assembler = new FrameAssembler(Framing.CR, 4, SILENCE);
        assertThat(written(accept(assembler, "1234\r12345\r1\r"))).isEqualTo("1234|TOO_LONG 5|1");
    }

    @Test
    void aScanThatPausesIsTornAndDoesNotGrowIntoTheNext() {
        FrameAssembler assembler = new FrameAssembler(Framing.CR, LONGEST, SILENCE);
        assembler.accept(bytes("4006"), 4, 0);
        assertThat(assembler.fallSilent(SILENCE - 1)).isEmpty();
        assertThat(written(assembler.accept(bytes("4006381333931\r"), 14, SILENCE)))
                .isEqualTo("TORN 4|4006381333931");
        assertThat(assembler.fallSilent(SILENCE * 5)).isEmpty();
    }

    @Test
    void aScanThatIsUnpluggedIsTorn() {
        FrameAssembler assembler = new FrameAssembler(Framing.CR, LONGEST, SILENCE);
        assembler.accept(bytes("4006"), 4, 0);
        assertThat(assembler.cutOff())
                .hasValueSatisfying(frame -> assertThat(written(List.of(frame))).isEqualTo("TORN 4"));
        assertThat(assembler.cutOff()).isEmpty();
    }

    @Test
    void bytesOutsideTheEnvelopeAreNoise() {
        FrameAssembler assembler = new FrameAssembler(Framing.STX_ETX, LONGEST, SILENCE);
        assertThat(written(accept(assembler, ControlCharacters.meant("zz<STX>a<ETX>y<STX>b<STX>c<ETX>"))))
                .isEqualTo("NOISE 2|a|NOISE 1|TORN 1|c");
    }

    private static List<Frame> accept(FrameAssembler assembler, String text) {
        return assembler.accept(bytes(text), text.length(), 0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static String written(List<Frame> frames) {
        return String.join(
                "|",
                frames.stream()
                        .map(frame -> frame instanceof Frame.Dropped dropped
                                ? dropped.why() + " " + dropped.count()
                                : ControlCharacters.written(((Frame.Whole) frame).text()))
                        .toList());
    }
}
