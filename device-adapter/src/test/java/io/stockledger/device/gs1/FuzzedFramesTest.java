package io.stockledger.device.gs1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.validator.routines.checkdigit.EAN13CheckDigit;
import org.apache.commons.validator.routines.checkdigit.ModulusTenCheckDigit;
import org.junit.jupiter.api.Test;

/**
 * Damaged frames never crash the reader and never pass with a bad check digit or an unknown identifier.
 *
 * <p>{@code -Ddevice.fuzz.frames=5000000 -Ddevice.fuzz.seed=…} makes it the long run.
 */
class FuzzedFramesTest {

    private static final char FNC1 = ElementString.SEPARATOR;
    private static final List<String> WHOLE = List.of(
            "]E04006381333931",
            "4006381333931",
            "]E496385074",
            "96385074",
            "036000291452",
            "]I115400141288763",
            "]C101095060001343521724123110ABC123" + FNC1 + "21SN-1",
            "]d201095060001343521724123121SER" + FNC1 + "10LOT",
            "]Q30109506000134352" + "3103001500" + "15250630",
            "]C100106141411234567897" + "02095060001343523712",
            "]e0019061414100001531030012503922" + "1234",
            "01095060001343521724123110ABC123",
            "https://id.example.com/01/09506000134352/10/LOT1?17=261231&3103=000500",
            "]Q1https://example.com/00/106141411234567897",
            "2112345678900",
            "]E02112345678900]e01727123110L7",
            "]E3400638133393105",
            "01234565",
            "*SL:SELL",
            "]C0AISLE-7");
    private static final ModulusTenCheckDigit MODULUS_TEN = new ModulusTenCheckDigit(new int[] {1, 3}, true);

    @Test
    void damagedFramesAreRefusedOrCorrect() {
        long seed = Long.getLong("device.fuzz.seed", 20261121L);
        int frames = Integer.getInteger("device.fuzz.frames", 200_000);
        Random random = new Random(seed);
        BarcodeReader[] readers = {
            new BarcodeReader(BarcodeReader.UpcEForm.EXPANDED), new BarcodeReader(BarcodeReader.UpcEForm.SHORT)
        };
        Map<UnreadableCode.Reason, Integer> refusals = new EnumMap<>(UnreadableCode.Reason.class);
        int accepted = 0;
        for (int i = 0; i < frames; i++) {
            String frame = damaged(WHOLE.get(random.nextInt(WHOLE.size())), random);
            CodeReading reading = readers[random.nextInt(2)].read(frame);
            if (reading instanceof UnreadableCode unreadable) {
                refusals.merge(unreadable.reason(), 1, Integer::sum);
                assertThat(unreadable.detail()).matches("[ -~]{1,400}");
            } else {
                accepted++;
                assertSound(frame, reading);
            }
        }
        System.out.printf("Fuzz: seed %d, %d frames, %d accepted, refused %s%n", seed, frames, accepted, refusals);
        assertThat(accepted).isGreaterThan(frames / 100);
        assertThat(refusals.keySet())
                .contains(
                        UnreadableCode.Reason.BAD_CHECK_DIGIT,
                        UnreadableCode.Reason.UNKNOWN_IDENTIFIER,
                        UnreadableCode.Reason.FOREIGN_CHARACTER,
                        UnreadableCode.Reason.WRONG_LENGTH,
                        UnreadableCode.Reason.MISSING_IDENTIFIER);
    }

    @Test
    void theFramesAreWholeBeforeTheyAreDamaged() {
        BarcodeReader reader = new BarcodeReader(BarcodeReader.UpcEForm.EXPANDED);
        assertThat(WHOLE).allSatisfy(frame -> assertThat(reader.read(frame)).isNotInstanceOf(UnreadableCode.class));
    }

    private static void assertSound(String frame, CodeReading reading) {
        assertThat(frame.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == FNC1))
                .as(frame)
                .isTrue();
        if (reading instanceof TradeItem item) {
            assertThat(EAN13CheckDigit.EAN13_CHECK_DIGIT.isValid(item.gtin().fourteenDigits())
                            || item.gtin().fourteenDigits().matches("0+"))
                    .as(frame)
                    .isTrue();
            assertSoundElements(frame, item.elements());
        } else if (reading instanceof LogisticUnit unit) {
            assertThat(MODULUS_TEN.isValid(unit.sscc())).as(frame).isTrue();
            assertSoundElements(frame, unit.elements());
        } else if (reading instanceof OtherElements other) {
            assertSoundElements(frame, other.elements());
        } else if (reading instanceof InStoreItem item) {
            assertThat(EAN13CheckDigit.EAN13_CHECK_DIGIT.isValid(item.digits()))
                    .as(frame)
                    .isTrue();
            assertSoundElements(frame, item.elements());
        }
    }

    private static void assertSoundElements(String frame, Elements elements) {
        for (Elements.Element element : elements.inOrder()) {
            assertThat(element.code()).as(frame).matches("\\d{2,4}");
            if (List.of("00", "01", "02").contains(element.code())
                    && !element.value().matches("0+")) {
                assertThat(MODULUS_TEN.isValid(element.value())).as(frame).isTrue();
            }
            if (element.code().matches("1[1-7]")) {
                assertThat(element.value()).as(frame).matches("\\d\\d(0[1-9]|1[0-2])([0-2]\\d|3[01])");
            }
            if (element.code().equals("10") || element.code().equals("21")) {
                assertThat(element.value()).as(frame).matches("[!-~]{1,20}");
            }
        }
    }

    private static String damaged(String frame, Random random) {
        StringBuilder text = new StringBuilder(frame);
        for (int times = random.nextInt(4); times > 0 && !text.isEmpty(); times--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(8)) {
                case 0 -> text.setCharAt(at, (char) ('0' + random.nextInt(10)));
                case 1 -> text.setCharAt(at, (char) random.nextInt(256));
                case 2 -> text.deleteCharAt(at);
                case 3 -> text.insert(at, (char) (' ' + random.nextInt(95)));
                case 4 -> text.setLength(at);
                case 5 -> text.append(WHOLE.get(random.nextInt(WHOLE.size())));
                case 6 -> text.setCharAt(at, (char) (0xFF10 + random.nextInt(10)));
                default -> text.insert(at, FNC1);
            }
        }
        return text.toString();
    }
}
