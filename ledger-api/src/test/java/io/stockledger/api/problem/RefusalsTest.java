package io.stockledger.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.stockledger.document.DocumentRefusal.IdReused;
import io.stockledger.document.DocumentRefusal.VersionMoved;
import io.stockledger.ledger.RefusalCatalogue;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.reservation.ReservationRefusal.ReservationEnded;
import io.stockledger.stock.Disposition;
import io.stockledger.stock.Shortage;
import io.stockledger.stock.StockRefusal.InsufficientStock;
import io.stockledger.stock.StockRefusal.NotOnHand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private static final Path PAGE = Path.of("../docs/refusals.md");

    @Test
    void every_problem_type_has_a_reason_of_its_own() {
        List<String> reasons = Stream.concat(Refusals.inOrder().stream(), Failures.types().stream())
                .map(ProblemType::reason)
                .toList();
        assertThat(reasons).doesNotHaveDuplicates().allMatch(reason -> reason.matches("[A-Z][A-Z_]+"));
    }

    @Test
    void the_types_keep_the_order_of_precedence() {
        assertThat(Refusals.inOrder())
                .extracting(ProblemType::reason)
                .containsExactlyElementsOf(RefusalCatalogue.entries().stream()
                        .map(RefusalCatalogue.Entry::reason)
                        .toList());
    }

    @Test
    void a_moved_version_is_a_failed_precondition_of_the_request() {
        ProblemType type = Refusals.type(VersionMoved.class);
        assertThat(type.httpStatus()).isEqualTo(412);
        assertThat(type.grpcCode()).isEqualTo(Code.ABORTED);
        assertThat(type.title()).isEqualTo("Version moved");
    }

    @Test
    void values_are_told_as_texts() {
        assertThat(Refusals.problem(new IdReused("order:1", List.of("lines", "channel")))
                        .values())
                .containsEntry("differing", "lines, channel");
        assertThat(Refusals.problem(new ReservationEnded("r1", "order:1", Set.of("berlin-1")))
                        .values())
                .containsEntry("locations", "berlin-1");
        Shortage line = new Shortage("a", "b", Quantity.of(2, Unit.PIECE), Quantity.of(1, Unit.PIECE));
        Problem notOnHand = Refusals.problem(new NotOnHand(Disposition.QUARANTINE, List.of(line)));
        assertThat(notOnHand.values()).containsOnly(Map.entry("disposition", "quarantine"));
        assertThat(notOnHand.lines()).hasSize(1);
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
}
