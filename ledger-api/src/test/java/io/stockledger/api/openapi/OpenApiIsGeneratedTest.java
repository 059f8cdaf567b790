package io.stockledger.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The committed document is the one that the contract makes. */
class OpenApiIsGeneratedTest {

    private static final String HOW =
            "mvn -q -Dquick -pl ledger-api -am test -Dtest=OpenApiIsGeneratedTest -Dopenapi.write"
                    + " -Dsurefire.failIfNoSpecifiedTests=false";

    @Test
    void the_committed_document_is_what_the_contract_says() throws IOException {
        String generated = OpenApiGenerator.document();
        if (System.getProperty("openapi.write") != null) {
            Files.writeString(OpenApiDocument.FILE, generated);
        }
        assertThat(Files.readString(OpenApiDocument.FILE))
                .as(
                        "openapi.yaml is not what the .proto files, the refusals and the examples say; this writes it anew:\n%s",
                        HOW)
                .isEqualTo(generated);
    }
}
