package io.stockledger.device.command;

import io.stockledger.device.gs1.BarcodeReader;
import io.stockledger.device.gs1.BarcodeReader.UpcEForm;
import io.stockledger.device.gs1.CodeReading;
import io.stockledger.device.gs1.UnreadableCode;
import io.stockledger.device.line.ControlCharacters;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what codes say, without a scanner and without the ledger. */
@Command(
        name = "read",
        description =
                "Explains codes, such as ]C10104006381333931 or (01)04006381333931(10)A: one line of JSON for each.")
public final class ReadCommand implements Callable<Integer> {

    @Option(names = "--short-upc-e", description = "six to eight digits may be UPC-E")
    private boolean shortUpcE;

    @Parameters(arity = "1..*", description = "codes as scanned, with <GS> for the separator, or as printed")
    private List<String> codes = new ArrayList<>();

    @Override
    public Integer call() {
        BarcodeReader reader = new BarcodeReader(shortUpcE ? UpcEForm.SHORT : UpcEForm.EXPANDED);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        int unreadable = 0;
        for (String code : codes) {
            CodeReading reading = reading(reader, code);
            System.out.println(ReadingJson.line(code, reading, today));
            unreadable += reading instanceof UnreadableCode ? 1 : 0;
        }
        return unreadable == 0 ? 0 : 1;
    }

    private static CodeReading reading(BarcodeReader reader, String code) {
        try {
            return reader.readTyped(ControlCharacters.meant(code));
        } catch (IllegalArgumentException e) {
            return new UnreadableCode(UnreadableCode.Reason.FOREIGN_CHARACTER, String.valueOf(e.getMessage()));
        }
    }
}
