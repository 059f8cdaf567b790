package io.stockledger.api.start;

import io.stockledger.api.wiring.StartRefused;
import java.util.List;
import org.springframework.boot.ExitCodeGenerator;

/** Words or settings that nobody knows: the process ends as one that was called wrongly. */
final class UnknownNames extends StartRefused implements ExitCodeGenerator {
    private static final long serialVersionUID = 1L;
    private static final int CALLED_WRONGLY = 2;

    UnknownNames(List<String> complaints) {
        super(String.join("\n", complaints));
    }

    @Override
    public int getExitCode() {
        return CALLED_WRONGLY;
    }
}
