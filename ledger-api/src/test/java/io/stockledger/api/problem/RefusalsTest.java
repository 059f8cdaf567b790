package io.stockledger.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.stockledger.document.Refusal;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Shortage;
import io.stockledger.stock.StockRefusal.InsufficientStock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private static final Path PAGE = Path.of("../docs/refusals.md");

    @Test
    void every_refusal_has_a_problem_type_of_its_own() {
        assertThat(Refusals.types().keySet()).containsExactlyInAnyOrderElementsOf(refusals());
        List<String> reasons = Stream.concat(Refusals.inOrder().stream(), Failures.types().stream())
                .map(ProblemType::reason)
                .toList();
        assertThat(reasons).doesNotHaveDuplicates().allMatch(reason -> reason.matches("[A-Z][A-Z_]+"));
    }

    @Test
    void the_catalogue_keeps_the_order_of_precedence() {
        List<String> declared = Arrays.stream(Refusal.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .map(name -> name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(java.util.Locale.ROOT))
                .toList();
        assertThat(Refusals.inOrder()).extracting(ProblemType::reason).containsExactlyElementsOf(declared);
    }

    @Test
    void the_page_of_refusals_lists_exactly_the_catalogue() throws IOException {
        List<String> expected = new ArrayList<>();
        Stream.concat(Refusals.inOrder().stream(), Failures.types().stream())
                .map(type -> "| `" + type.reason() + "` | " + type.httpStatus() + " | "
                        + type.grpcCode().name() + " | " + type.meaning() + " |")
                .forEach(expected::add);
        List<String> found = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(found).containsExactlyElementsOf(expected);
    }

    @Test
    void the_largest_refusal_fits_the_header_that_a_status_travels_in() {
        String longest = "棚".repeat(64);
        Quantity many = Quantity.of(999_999_999_999L, Unit.PIECE);
        Shortage line = new Shortage(longest, "l".repeat(40), many, many);
        StatusRuntimeException status = GrpcProblem.exception(
                Refusals.problem(new InsufficientStock("c".repeat(40), Collections.nCopies(1_000, line))));
        Metadata trailers = status.getTrailers();
        assertThat(trailers).isNotNull();
        byte[] details = trailers.get(Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER));
        int inBase64 = details.length * 4 / 3 + 4;
        int percentEncoded = status.getStatus()
                .getDescription()
                .chars()
                .map(c -> c < 128 ? 1 : 9)
                .sum();
        assertThat(inBase64 + percentEncoded).isLessThan(8_192 - 300);
    }

    @Test
    void a_stream_reply_holds_all_lines() {
        Shortage line = new Shortage("a", "b", Quantity.of(2, Unit.PIECE), Quantity.of(1, Unit.PIECE));
        var failed = GrpcProblem.failed(Refusals.problem(new InsufficientStock("web", Collections.nCopies(40, line))));
        assertThat(failed.getRefusal().getLinesCount()).isEqualTo(40);
        assertThat(failed.getMetadataMap()).containsEntry("lines", "40").containsEntry("available", "1");
    }

    private static List<Class<? extends Refusal>> refusals() {
        List<Class<? extends Refusal>> classes = new ArrayList<>();
        for (Class<?> permitted : Refusal.class.getPermittedSubclasses()) {
            classes.add(permitted.asSubclass(Refusal.class));
        }
        return classes;
    }
}
